import type { ForwardPass, ForwardSamples, LayerOutput, UnitTrace } from '../types';

/** Bytes as base64. */
export const base64 = (...bytes: number[]): string => btoa(String.fromCharCode(...bytes));

const layer = (changes: Partial<LayerOutput> & Pick<LayerOutput, 'name' | 'kind' | 'from' | 'shape'>): LayerOutput => ({
  window: null,
  low: -1,
  high: 1,
  maps: [],
  values: null,
  ...changes,
});

/** A convolution of two filters on a grey image of 3 x 3 with padding 1, its activation, and an output of two classes. */
export const pass: ForwardPass = {
  epoch: 4,
  sample: 3,
  label: 1,
  classNames: ['disc', 'ring'],
  png: 'iVBORw0KGgo=',
  point: null,
  input: layer({
    name: 'input',
    kind: 'input',
    from: null,
    shape: [1, 3, 3],
    maps: [base64(0, 32, 64, 96, 128, 160, 192, 224, 255)],
  }),
  layers: [
    layer({
      name: 'conv1',
      kind: 'conv',
      from: 'input',
      shape: [2, 3, 3],
      window: { size: 3, stride: 1, padding: 1, dilation: 1 },
      low: -4,
      high: 2,
      maps: [base64(0, 0, 0, 0, 0, 0, 0, 0, 255), base64(9, 8, 7, 6, 5, 4, 3, 2, 1)],
    }),
    layer({
      name: 'activation1',
      kind: 'activation',
      from: 'conv1',
      shape: [2, 3, 3],
      low: 0,
      high: 2,
      maps: [base64(0, 0, 0, 0, 0, 0, 0, 0, 255)],
    }),
    layer({
      name: 'flatten1',
      kind: 'flatten',
      from: 'activation1',
      shape: [18],
      low: 0,
      high: 2,
      maps: [base64(...Array.from({ length: 18 }, (_, index) => index))],
    }),
    layer({ name: 'output', kind: 'dense', from: 'flatten1', shape: [2], maps: [base64(0, 255)] }),
  ],
  filters: {
    layer: 'conv1',
    channels: 1,
    kernel: 3,
    scale: 0.5,
    filters: [base64(1, 1, 1, 128, 128, 128, 255, 255, 255), base64(...Array<number>(9).fill(128))],
  },
  logits: [1, 3],
  probabilities: [0.11920292202211755, 0.8807970779778825],
  unit: null,
  following: [],
};

const term = (channel: number, row: number, column: number, value: number, weight: number | null) => ({
  channel,
  row,
  column,
  value,
  weight,
});

/** The upper left unit of a map: its window begins in the padding. */
export const corner: UnitTrace = {
  address: { layer: 'conv1', channel: 0, row: 0, column: 0 },
  kind: 'conv',
  terms: [-1, 0, 1].flatMap((row) =>
    [-1, 0, 1].map((column) => term(0, row, column, row < 0 || column < 0 ? 0 : 0.5, 0.25)),
  ),
  termCount: 9,
  bias: -0.75,
  sum: -0.25,
  norm: null,
  function: null,
  parameter: null,
  output: -0.25,
};

export const rectified: UnitTrace = {
  ...corner,
  address: { ...corner.address, layer: 'activation1' },
  kind: 'activation',
  terms: [term(0, 0, 0, -0.25, null)],
  termCount: 1,
  bias: null,
  sum: null,
  function: 'relu',
  output: 0,
};

export const dense: UnitTrace = {
  ...corner,
  address: { layer: 'output', channel: 1, row: 0, column: 0 },
  kind: 'dense',
  terms: Array.from({ length: 18 }, (_, index) => term(index, 0, 0, 1, index === 10 ? -2 : index / 100)),
  termCount: 18,
  bias: 0.5,
  sum: -0.07,
  output: -0.07,
};

export const pooled: UnitTrace = {
  ...corner,
  kind: 'pool',
  terms: [term(0, 0, 0, 1, null), term(0, 0, 1, 3, null), term(0, 1, 0, 2, null), term(0, 1, 1, 0, null)],
  termCount: 4,
  bias: null,
  sum: null,
  function: 'max',
  output: 3,
};

export const samples: ForwardSamples = {
  epoch: 4,
  count: 40,
  shape: [1, 3, 3],
  classNames: ['disc', 'ring'],
  items: Array.from({ length: 16 }, (_, index) => ({
    index,
    label: 1,
    predicted: index === 2 ? 0 : 1,
    png: 'iVBORw0KGgo=',
    point: null,
  })),
  next: 15,
};

export const points: ForwardSamples = {
  ...samples,
  count: 2,
  shape: [2],
  items: [
    { index: 0, label: 0, predicted: 0, png: null, point: [-1, 0.5] },
    { index: 1, label: 1, predicted: 1, png: null, point: [1, 1.5] },
  ],
  next: null,
};

const vector = (name: string, kind: string, from: string | null, size: number) =>
  layer({
    name,
    kind,
    from,
    shape: [size],
    maps: [base64(...Array<number>(size).fill(9))],
    values: Array.from({ length: size }, (_, unit) => (unit - 1) / 4),
  });

/** A network on points of the plane. */
export const pointPass: ForwardPass = {
  ...pass,
  png: null,
  point: [-1, 0.5],
  input: vector('input', 'input', null, 2),
  layers: [vector('dense1', 'dense', 'input', 4), vector('output', 'dense', 'dense1', 2)],
  filters: null,
};

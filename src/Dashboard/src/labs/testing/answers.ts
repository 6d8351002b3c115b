import type { ConvolutionResult } from '../conv/windows';
import type { LabAnswer, Labs } from '../useLab';

/** The answer of the line w x + b of the lecture. */
export const line: LabAnswer<'backprop-by-hand'> = {
  id: '0197a000-0000-7000-8000-000000000001',
  state: 'succeeded',
  request: {
    expression: 'w * x + b',
    variables: [
      { name: 'w', value: -2 },
      { name: 'x', value: 5 },
      { name: 'b', value: 3 },
    ],
  },
  result: {
    nodes: [
      { operation: 'variable', inputs: [], text: 'w', value: -2, gradient: 5 },
      { operation: 'variable', inputs: [], text: 'x', value: 5, gradient: -2 },
      { operation: 'multiply', inputs: [0, 1], text: 'w * x', value: -10, gradient: 1 },
      { operation: 'variable', inputs: [], text: 'b', value: 3, gradient: 1 },
      { operation: 'add', inputs: [2, 3], text: 'w * x + b', value: -7, gradient: 1 },
    ],
    steps: [
      { node: 4, slot: 0, input: 2, upstream: 1, local: 1, contribution: 1, total: 1 },
      { node: 4, slot: 1, input: 3, upstream: 1, local: 1, contribution: 1, total: 1 },
      { node: 2, slot: 0, input: 0, upstream: 1, local: 5, contribution: 5, total: 5 },
      { node: 2, slot: 1, input: 1, upstream: 1, local: -2, contribution: -2, total: -2 },
    ],
    variables: [
      { name: 'w', value: -2, gradient: 5, engineGradient: 5 },
      { name: 'x', value: 5, gradient: -2, engineGradient: -2 },
      { name: 'b', value: 3, gradient: 1, engineGradient: 1 },
    ],
  },
  failure: null,
  seconds: 0.8,
};

/** Pooling of the lecture's matrix. */
export const pooling: ConvolutionResult = {
  input: { shape: [1, 4, 4], values: [1, 3, 2, 1, 2, 9, 1, 1, 1, 3, 2, 3, 5, 6, 1, 2] },
  weights: null,
  bias: [],
  output: { shape: [1, 2, 2], values: [9, 2, 6, 3] },
  window: 2,
  stride: 2,
  padding: 0,
  dilation: 1,
  parameters: 0,
  flops: 16,
};

/** A walk down a bowl on a coarse grid. */
export const walk: Labs['optimizer-paths']['result'] = {
  paths: [
    {
      optimizer: { name: 'sgd', learningRate: 0.95 },
      x: [-7, -6.335, -5.733],
      y: [2, -1.8, 1.62],
      value: [6.45, 5.247, 4.268],
      diverged: false,
      overshoot: { x: 0, y: 0.9, crossingsX: 0, crossingsY: 2 },
      distance: 5.958,
    },
  ],
  grid: { columns: 3, rows: 3, values: [2, 1, 2, 1, 0, 1, 2, 1, 2] },
};

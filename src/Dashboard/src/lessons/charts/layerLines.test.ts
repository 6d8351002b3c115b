import { describe, expect, it } from 'vitest';
import type { LayerObservation, RunObservations } from '../../api/types';
import { frameAt } from './frameAt';
import { layerLine } from './layerLines';

const layer = (kind: string, gradient: number | null): LayerObservation =>
  ({ layer: 0, name: kind, kind, activationGradientNorm: gradient }) as LayerObservation;
const observed: RunObservations = {
  layers: [],
  epochs: [
    {
      epoch: 0,
      step: 0,
      histograms: null,
      layers: [layer('dense', 5), layer('activation', 1e-6), layer('activation', 0)],
    },
    { epoch: 4, step: 9, histograms: null, layers: [layer('activation', 2), layer('activation', null)] },
  ],
};

describe('layerLine', () => {
  it('counts the layers of a kind, at the last observed epoch', () => {
    const line = (epoch: number, isLog = false) =>
      layerLine(observed, epoch, 'activation-gradient', 'activation', isLog);
    expect(line(0)).toEqual([
      [1, 1e-6],
      [2, 0],
    ]);
    expect(line(0, true)).toEqual([
      [1, 1e-6],
      [2, null],
    ]);
    expect(line(9)).toEqual([
      [1, 2],
      [2, null],
    ]);
    expect(layerLine(observed, 0, 'activation-gradient', null, false)).toHaveLength(3);
    expect(layerLine(observed, 0, 'activation-gradient', 'conv', false)).toEqual([]);
  });
});

describe('frameAt', () => {
  it('is the last frame up to the epoch, else the first one', () => {
    const frames = [{ epoch: 2 }, { epoch: 5 }];
    expect([0, 2, 4, 5, 9].map((epoch) => frameAt(frames, epoch)?.epoch)).toEqual([2, 2, 2, 5, 5]);
    expect(frameAt([], 3)).toBeUndefined();
  });
});

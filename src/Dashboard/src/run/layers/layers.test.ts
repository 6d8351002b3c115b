import { describe, expect, it } from 'vitest';
import type { LayerObservation, RunObservations } from '../../api/types';
import { axesOf, type HistogramSeries, histogramSeries, outlineOf } from './histograms';
import { asStatistic, mapOf } from './statistics';

const layer = (index: number, std: number | null): LayerObservation => ({
  layer: index,
  name: `dense${index}`,
  kind: 'dense',
  activation: std === null ? null : { mean: 0, std, zeroShare: null, deadShare: null, saturatedShare: null },
  gradient: null,
  activationGradientNorm: null,
  weight: null,
  updateRatio: null,
  unitSpread: null,
});

const histogram = (min: number, max: number, counts: number[]) => ({ min, max, counts });

const observed: RunObservations = {
  layers: [
    { layer: 0, name: 'dense0', kind: 'dense' },
    { layer: 1, name: 'flatten1', kind: 'flatten' },
    { layer: 2, name: 'dense2', kind: 'dense' },
  ],
  epochs: [
    {
      epoch: 0,
      step: 0,
      layers: [layer(0, 1), layer(1, null), layer(2, 0.5)],
      histograms: [{ layer: 0, activation: histogram(-1, 1, [1, 3]), gradient: null, weight: null }],
    },
    { epoch: 1, step: 10, layers: [layer(0, 2)], histograms: null },
    {
      epoch: 2,
      step: 20,
      layers: [layer(0, 3), layer(2, null)],
      histograms: [{ layer: 0, activation: histogram(0, 4, [1, 1]), gradient: null, weight: null }],
    },
  ],
};

describe('mapOf', () => {
  it('has a row for each layer with the statistic, with gaps where it was not recorded', () => {
    expect(mapOf(observed, 'activation-std')).toEqual([
      { label: 'dense0', values: [1, 2, 3] },
      { label: 'dense2', values: [0.5, null, null] },
    ]);
    expect(mapOf(observed, 'update-ratio')).toEqual([]);
  });

  it('falls back to the default statistic', () => expect(asStatistic('nonsense')).toBe('activation-std'));
});

describe('histogramSeries', () => {
  it('has one range per layer over the epochs with histograms', () => {
    const { epochs, series } = histogramSeries(observed, 'activation');
    expect(epochs).toEqual([0, 2]);
    expect(series).toMatchObject([{ name: 'dense0', low: -1, high: 4 }]);
    expect(histogramSeries(observed, 'weight').series).toEqual([]);
  });
});

const range = (low: number, high: number): HistogramSeries => ({ layer: 0, name: 'a', low, high, frames: [] });
const axis = (low: number, high: number) => axesOf([range(low, high)], 'own', false)[0] as ReturnType<typeof axesOf>[0];

describe('axesOf', () => {
  const vanishing = [range(-1e-4, 1e-4), range(-0.1, 0.1)];

  it('has one range for all layers on the same scale, and one for each otherwise', () => {
    expect(axesOf(vanishing, 'same', false).map(({ low, high }) => [low, high])).toEqual([
      [-0.1, 0.1],
      [-0.1, 0.1],
    ]);
    expect(axesOf(vanishing, 'own', false).map(({ high }) => high)).toEqual([1e-4, 0.1]);
  });

  it('shows on a logarithmic axis how much smaller a layer is', () => {
    const [linear] = axesOf(vanishing, 'same', false);
    const [log] = axesOf(vanishing, 'same', true);
    expect(linear?.at(1e-4)).toBeCloseTo(50.05);
    expect(log?.at(1e-4)).toBeGreaterThan(60);
    expect(log?.at(0)).toBe(50);
    expect(log?.at(0.1)).toBe(100);
    expect(log?.decades).toEqual(
      [-1e-5, -1e-4, -1e-3, -1e-2, -1e-1, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1].map((power) => Number(power.toPrecision(1))),
    );
  });

  it('is linear where all gradients are 0', () => {
    expect(axesOf([range(0, 0)], 'same', true)[0]?.decades).toEqual([]);
  });
});

describe('outlineOf', () => {
  it('starts and ends at the baseline, at the ends of its range', () => {
    expect(outlineOf(histogram(0, 2, [1, 4]), axis(0, 4))).toBe('M0.00 40V21.00H25.00V2.00H50.00V40Z');
  });

  it('draws a histogram of one value', () => {
    expect(outlineOf(histogram(1, 1, [5]), axis(0, 2))).not.toContain('NaN');
  });
});

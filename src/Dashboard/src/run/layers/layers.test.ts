import { describe, expect, it } from 'vitest';
import type { LayerObservation, RunObservations } from '../../api/types';
import { heatScale } from '../../charts/colormap';
import { histogramSeries, outlineOf } from './histograms';
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

describe('outlineOf', () => {
  it('starts and ends at the baseline, at the ends of its range', () => {
    expect(outlineOf(histogram(0, 2, [1, 4]), 0, 4)).toBe('M0.00 40V21.00H25.00V2.00H50.00V40Z');
  });

  it('draws a histogram of one value', () => {
    expect(outlineOf(histogram(1, 1, [5]), 0, 2)).not.toContain('NaN');
  });
});

describe('heatScale', () => {
  it('is linear over a small range and logarithmic over a large one', () => {
    expect(heatScale([1, 3, null]).share(2)).toBeCloseTo(0.5);
    const wide = heatScale([1e-6, 1]);
    expect(wide.isLog).toBe(true);
    expect(wide.share(1e-3)).toBeCloseTo(0.5);
  });

  it('is never logarithmic with values below zero, or with a fixed range', () => {
    expect(heatScale([0, 1000]).isLog).toBe(false);
    expect(heatScale([0.001, 0.9], [0, 1]).share(0.25)).toBe(0.25);
    expect(heatScale([2, 2]).share(2)).toBe(0.5);
  });
});

import type { Histogram, RunObservations } from '../../api/types';

export const tensors = ['activation', 'gradient', 'weight'] as const;
export type Tensor = (typeof tensors)[number];

/** The histograms of one layer over time, with a common range. */
export interface HistogramSeries {
  readonly layer: number;
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** By frame; null where there is none. */
  readonly frames: readonly (Histogram | null)[];
}

export interface LayerHistogramSeries {
  readonly epochs: readonly number[];
  readonly series: readonly HistogramSeries[];
}

/** The histograms of all layers for one kind of tensor. Each layer has one range for all epochs, so that changes are visible. */
export function histogramSeries({ layers, epochs }: RunObservations, tensor: Tensor): LayerHistogramSeries {
  const kept = epochs.filter((epoch) => epoch.histograms !== null && epoch.histograms.length > 0);
  const series = layers.map(({ layer, name }) => {
    const frames = kept.map(
      (epoch) => epoch.histograms?.find((histogram) => histogram.layer === layer)?.[tensor] ?? null,
    );
    const known = frames.filter((frame) => frame !== null);
    return {
      layer,
      name,
      low: Math.min(...known.map((frame) => frame.min)),
      high: Math.max(...known.map((frame) => frame.max)),
      frames,
    };
  });
  return {
    epochs: kept.map(({ epoch }) => epoch),
    series: series.filter((one) => one.frames.some((frame) => frame !== null)),
  };
}

/**
 * The outline of a histogram as an SVG path in 100 × 40. Heights are square roots of densities: one full bin (the zeros of ReLU) would
 * flatten all others.
 */
export function outlineOf({ min, max, counts }: Histogram, low: number, high: number): string {
  const span = high - low || 1;
  const width = (max - min) / counts.length || span / counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  const densities = counts.map((count) => Math.sqrt(count / total));
  const peak = Math.max(...densities) || 1;
  const x = (value: number) => (((value - low) / span) * 100).toFixed(2);
  const steps = densities.map((density, bin) => {
    const y = (40 - (density / peak) * 38).toFixed(2);
    return `V${y}H${x(min + width * (bin + 1))}`;
  });
  return `M${x(min)} 40${steps.join('')}V40Z`;
}

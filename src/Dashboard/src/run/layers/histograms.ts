import type { Histogram, RunObservations } from '../../api/types';

export const tensors = ['activation', 'gradient', 'weight'] as const;
export type Tensor = (typeof tensors)[number];

/** Whether all layers share an axis. */
export const scales = ['same', 'own'] as const;
export type Scale = (typeof scales)[number];

/** Layers are compared by activations and gradients: a vanishing gradient is invisible when each layer has a scale of its own. */
export const usualScale = (tensor: Tensor): Scale => (tensor === 'weight' ? 'own' : 'same');

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

/** A horizontal axis, 0 to 100. */
export interface HistogramAxis {
  readonly low: number;
  readonly high: number;
  readonly at: (value: number) => number;
  /** Grid lines at powers of ten, of both signs; empty on a linear axis. */
  readonly decades: readonly number[];
}

/** The axis of each series: one for all or one of its own, linear or logarithmic. */
export function axesOf(series: readonly HistogramSeries[], scale: Scale, isLog: boolean): readonly HistogramAxis[] {
  const low = Math.min(...series.map((one) => one.low));
  const high = Math.max(...series.map((one) => one.high));
  const sizes = series.map(sizeOf).filter((size) => size > 0);
  return series.map((one) => {
    const [from, to] = scale === 'same' ? [low, high] : [one.low, one.high];
    const smallest = scale === 'same' ? Math.min(...sizes) : sizeOf(one);
    return isLog && smallest > 0 ? signedLogAxis(from, to, smallest) : linearAxis(from, to);
  });
}

const sizeOf = ({ low, high }: { low: number; high: number }): number => Math.max(Math.abs(low), Math.abs(high));

const linearAxis = (low: number, high: number): HistogramAxis => {
  const span = high - low || 1;
  return { low, high, at: (value) => ((value - low) / span) * 100, decades: [] };
};

/** At most so many powers of ten, below the largest value, are logarithmic. */
const mostDecades = 8;

/**
 * Gradients have both signs, so that the axis is the inverse hyperbolic sine: logarithmic, and linear around 0, up to a tenth of the
 * smallest layer.
 */
function signedLogAxis(low: number, high: number, smallest: number): HistogramAxis {
  const largest = sizeOf({ low, high });
  const threshold = Math.max(smallest / 10, largest / 10 ** mostDecades);
  const { at } = linearAxis(Math.asinh(low / threshold), Math.asinh(high / threshold));
  const first = Math.ceil(Math.log10(threshold));
  const count = Math.max(Math.floor(Math.log10(largest)) - first + 1, 0);
  const powers = Array.from({ length: count }, (_, index) => Number(`1e${first + index}`));
  return {
    low,
    high,
    at: (value) => at(Math.asinh(value / threshold)),
    decades: [...powers.map((power) => -power), ...powers].filter((power) => power >= low && power <= high),
  };
}

/**
 * The outline of a histogram as an SVG path in 100 × 40. Heights are square roots of densities: one full bin (the zeros of ReLU) would
 * flatten all others.
 */
export function outlineOf({ min, max, counts }: Histogram, { low, high, at }: HistogramAxis): string {
  const width = (max - min) / counts.length || (high - low || 1) / counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  const densities = counts.map((count) => Math.sqrt(count / total));
  const peak = Math.max(...densities) || 1;
  const x = (value: number) => at(value).toFixed(2);
  const steps = densities.map((density, bin) => {
    const y = (40 - (density / peak) * 38).toFixed(2);
    return `V${y}H${x(min + width * (bin + 1))}`;
  });
  return `M${x(min)} 40${steps.join('')}V40Z`;
}

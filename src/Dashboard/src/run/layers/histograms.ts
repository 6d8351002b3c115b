import type { Histogram, RunObservations } from '../../api/types';

/** What a histogram is of. */
export const tensors = ['activation', 'gradient', 'weight'] as const;
export type Tensor = (typeof tensors)[number];

/** One layer's histograms through time, over one axis. */
export interface Reel {
  readonly layer: number;
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** By frame; null where there is none. */
  readonly frames: readonly (Histogram | null)[];
}

export interface HistogramReels {
  readonly epochs: readonly number[];
  readonly reels: readonly Reel[];
}

/** The films of all layers for one kind of tensor. The axis of a layer stays the same through its film, so that movement is seen. */
export function reelsOf({ layers, epochs }: RunObservations, tensor: Tensor): HistogramReels {
  const kept = epochs.filter((epoch) => epoch.histograms !== null && epoch.histograms.length > 0);
  const reels = layers.map(({ layer, name }) => {
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
    reels: reels.filter((reel) => reel.frames.some((frame) => frame !== null)),
  };
}

/**
 * The outline of a histogram as the path of a drawing of 100 by 40. Heights are densities by their square root: one full bin (the zeros
 * of ReLU) would flatten all others.
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

import type { Point } from './series';

/**
 * An exponential moving average, corrected for its start at zero as in Adam (Kingma, Ba, 2015, section 3). Weight 0 changes nothing; a
 * point without a value stays without one and does not move the mean.
 */
export function smoothed(points: readonly Point[], weight: number): readonly Point[] {
  if (weight <= 0) {
    return points;
  }
  let mean = 0;
  let correction = 1;
  return points.map(([x, y]) => {
    if (y === null) {
      return [x, null];
    }
    mean = weight * mean + (1 - weight) * y;
    correction *= weight;
    return [x, mean / (1 - correction)];
  });
}

import { scaleOf } from '../compare/variables/scale';
import type { Variable } from '../compare/variables/variables';

/** A measured trial in the unit square of two parameters. */
export interface SurfacePoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Reach of a trial: standard deviation of the kernel, as a share of an axis. */
const bandwidth = 0.09;
/** Below this weight, about two and a half bandwidths from the nearest trial, nothing is known. */
const least = Math.exp(-0.5 * 2.5 ** 2);

/**
 * The mean of the trials around a place, weighted by a Gaussian of their distance (Nadaraya, 1964; Watson, 1964); null where no trial is
 * near.
 */
export function valueNear(points: readonly SurfacePoint[], x: number, y: number): number | null {
  let [sum, weights, nearest] = [0, 0, 0];
  for (const point of points) {
    const weight = Math.exp(-((point.x - x) ** 2 + (point.y - y) ** 2) / (2 * bandwidth ** 2));
    sum += weight * point.value;
    weights += weight;
    nearest = Math.max(nearest, weight);
  }
  return nearest < least ? null : sum / weights;
}

/** The trials with both parameters and a value, with the scales of the axes. */
export function pointsOf(ids: readonly string[], column: Variable, row: Variable, result: Variable) {
  const scales = { x: scaleOf(column, ids), y: scaleOf(row, ids) };
  const points = ids.flatMap((id): SurfacePoint[] => {
    const [x, y] = [scales.x.share(column.valueOf(id)), scales.y.share(row.valueOf(id))];
    const value = result.valueOf(id);
    return x === null || y === null || typeof value !== 'number' ? [] : [{ id, x, y, value }];
  });
  return { scales, points };
}

/** The middle of the values and their spread, without the worst tenth: one diverged trial does not take the whole scale. */
export function rangeOf(points: readonly SurfacePoint[], goal: 'minimize' | 'maximize'): readonly [number, number] {
  const sign = goal === 'minimize' ? 1 : -1;
  const ordered = points.map(({ value }) => value).sort((a, b) => sign * (a - b));
  const best = ordered[0] ?? 0;
  const worst = ordered[Math.max(0, Math.ceil(0.9 * ordered.length) - 1)] ?? best;
  return best < worst ? [best, worst] : [worst, best];
}

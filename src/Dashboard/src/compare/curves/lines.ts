import { type Band, type Limits, type Point, type Series, smoothed } from '../../charts/series';
import type { ComparedCurve, Comparison, MetricValue } from '../comparison';
import { type LineStyle, lineStylesOf } from '../lineStyle';
import { groupLabel } from '../noteText';
import { type Axis, type CurveView, metricsOf } from '../view';

/** A run or a group, with its line style. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly style: LineStyle;
}

export function ownersOf(comparison: Comparison, by: CurveView['by']): readonly Owner[] {
  const styles = lineStylesOf(comparison)[by];
  const named =
    by === 'runs'
      ? comparison.runs.map(({ id, name }) => ({ id, name }))
      : comparison.groups.map((group) => ({ id: group.key, name: `${groupLabel(group)} (${group.runs.length})` }));
  return named.flatMap((one) => {
    const style = styles.get(one.id);
    return style === undefined ? [] : [{ ...one, style }];
  });
}

/** The curves and bands of a view. */
export function linesOf(comparison: Comparison, view: CurveView): { lines: readonly Series[]; bands: readonly Band[] } {
  const shown = ownersOf(comparison, view.by).filter(({ id }) => !view.hidden.has(id));
  const lines: Series[] = [];
  const bands: Band[] = [];
  metricsOf(view).forEach((metric, index) => {
    const curves = comparison.curves.filter((curve) => curve.metric === metric);
    for (const owner of shown) {
      const id = `${metric} ${owner.id}`;
      const common = { ...owner.style, id, name: owner.name, look: index > 0 ? ('faint' as const) : ('line' as const) };
      if (view.by === 'runs') {
        const curve = curves.find((candidate) => candidate.run === owner.id);
        lines.push({ ...common, points: curve === undefined ? [] : pointsOf(curve, view) });
      } else {
        const members = new Set(comparison.groups.find((group) => group.key === owner.id)?.runs);
        const means = meansOf(
          curves.filter((curve) => members.has(curve.run)),
          view,
        );
        lines.push({ ...common, points: means.map(({ x, mean }) => [x, mean]) });
        if (index === 0 && means.some(({ n }) => n > 1)) {
          bands.push({
            id: `band ${id}`,
            color: owner.style.color,
            points: means.map(({ x, low, high }) => [x, low, high]),
          });
        }
      }
    }
  });
  return { lines, bands };
}

/** The values that a metric can have. */
export const limitsOf = (family: CurveView['family']): Limits =>
  family === 'accuracy' ? [0, 1] : [0, Number.POSITIVE_INFINITY];

/** The position of a point on the axis; null when it was not recorded. */
export const xOf = (axis: Axis, { epoch, step, seconds }: MetricValue): number | null =>
  axis === 'epoch' ? epoch : axis === 'step' ? step : seconds;

function pointsOf(curve: ComparedCurve, { axis, smoothing }: CurveView): readonly Point[] {
  const points = curve.points.flatMap((point): Point[] => {
    const x = xOf(axis, point);
    return x === null ? [] : [[x, point.value]];
  });
  return smoothed(points, smoothing);
}

interface Mean {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/**
 * Mean and sample standard deviation (n - 1) of curves per epoch. Computed here because they are of the curves as drawn: smoothed, and
 * with live points.
 */
export function meansOf(
  curves: readonly ComparedCurve[],
  { axis, smoothing, isLog, family }: Pick<CurveView, 'axis' | 'smoothing' | 'isLog' | 'family'>,
): readonly Mean[] {
  const [lowest, highest] = limitsOf(family);
  const epochs = new Map<number, { xs: number[]; values: number[] }>();
  for (const { points } of curves) {
    const values = smoothed(
      points.map(({ epoch, value }): Point => [epoch, value]),
      smoothing,
    );
    points.forEach((point, index) => {
      const x = xOf(axis, point);
      const value = values[index]?.[1];
      if (x !== null && value != null) {
        const at = epochs.get(point.epoch) ?? { xs: [], values: [] };
        at.xs.push(x);
        at.values.push(value);
        epochs.set(point.epoch, at);
      }
    });
  }
  return [...epochs]
    .sort(([a], [b]) => a - b)
    .map(([, { xs, values }]) => {
      const mean = average(values);
      const n = values.length;
      const std = n < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
      // On a log axis, a band that would reach 0 ends at the lowest run.
      const low = isLog && mean - std <= 0 ? Math.min(...values) : Math.max(mean - std, lowest);
      return { x: average(xs), mean, low, high: Math.min(mean + std, highest), n };
    });
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

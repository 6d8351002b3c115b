/** Training loss and accuracy since the previous point, within an epoch. */
export interface StepPoint {
  step: number;
  /** Training time until then. */
  seconds: number;
  loss: number | null;
  accuracy: number | null;
}

/** The step points of a run in bounded memory: when full, neighbouring pairs are merged. */
export interface DownsampledPoints {
  readonly points: readonly StepPoint[];
  /** Number of progress events per point. */
  readonly stride: number;
  /** Events of the next point. */
  readonly pending: readonly StepPoint[];
}

export const noPoints: DownsampledPoints = { points: [], stride: 1, pending: [] };

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

const merge = (points: readonly StepPoint[]): StepPoint => ({
  step: points.at(-1)?.step ?? 0,
  seconds: points.at(-1)?.seconds ?? 0,
  loss: mean(points.map((point) => point.loss)),
  accuracy: mean(points.map((point) => point.accuracy)),
});

function halve(points: readonly StepPoint[]): StepPoint[] {
  const half: StepPoint[] = [];
  for (let i = 0; i < points.length; i += 2) {
    half.push(merge(points.slice(i, i + 2)));
  }
  return half;
}

/** Adds points in order; keeps at most `capacity` of them. */
export function append(series: DownsampledPoints, added: readonly StepPoint[], capacity = 2_000): DownsampledPoints {
  let points = [...series.points];
  let { stride } = series;
  let pending = [...series.pending];
  for (const point of added) {
    pending.push(point);
    if (pending.length < stride) {
      continue;
    }
    points.push(merge(pending));
    pending = [];
    if (points.length > capacity) {
      points = halve(points);
      stride *= 2;
    }
  }
  return { points, stride, pending };
}

/** Drops everything after a step, because training resumes from there. */
export function rewind(series: DownsampledPoints, step: number): DownsampledPoints {
  const before = (point: StepPoint) => point.step <= step;
  return { points: series.points.filter(before), stride: series.stride, pending: series.pending.filter(before) };
}

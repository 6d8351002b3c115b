/** A point within an epoch: training loss and accuracy since the point before. */
export interface StepPoint {
  step: number;
  /** Seconds of training until then. */
  seconds: number;
  loss: number | null;
  accuracy: number | null;
}

/** Step points of a whole run in bounded memory: when full, each two neighbours become one. */
export interface ThinnedPoints {
  readonly points: readonly StepPoint[];
  /** How many progress events one point stands for. */
  readonly stride: number;
  /** Events that wait to become a point. */
  readonly pending: readonly StepPoint[];
}

export const noPoints: ThinnedPoints = { points: [], stride: 1, pending: [] };

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
export function append(series: ThinnedPoints, added: readonly StepPoint[], capacity = 2_000): ThinnedPoints {
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

/** Forgets everything after a step, because training goes on from there again. */
export function rewind(series: ThinnedPoints, step: number): ThinnedPoints {
  const before = (point: StepPoint) => point.step <= step;
  return { points: series.points.filter(before), stride: series.stride, pending: series.pending.filter(before) };
}

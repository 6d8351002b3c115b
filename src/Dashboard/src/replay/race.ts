import { type ComparedRun, type Comparison, mainMetric } from '../compare/comparison';

/** A run in the race: its accuracies over time. */
export interface Racer {
  readonly run: ComparedRun;
  readonly points: readonly { readonly seconds: number; readonly epoch: number; readonly value: number }[];
  /** Time of its last epoch. */
  readonly end: number;
}

/** The standing of a run at a time. */
export interface Standing {
  readonly racer: Racer;
  /** From 1; runs of equal accuracy share a rank. Null before the first epoch. */
  readonly rank: number | null;
  readonly best: number | null;
  readonly now: number | null;
  readonly epoch: number;
  readonly isFinished: boolean;
}

/** The runs with at least one finished epoch. */
export function racersOf({ runs, curves }: Comparison): readonly Racer[] {
  return runs.flatMap((run): Racer[] => {
    const curve = curves.find((one) => one.metric === mainMetric && one.run === run.id);
    const points = (curve?.points ?? []).flatMap(({ seconds, epoch, value }) =>
      seconds === null || value === null ? [] : [{ seconds, epoch, value }],
    );
    const end = points.at(-1)?.seconds;
    return end === undefined ? [] : [{ run, points, end }];
  });
}

export const endOf = (racers: readonly Racer[]): number => Math.max(0, ...racers.map(({ end }) => end));

/** Number of points at or before a time; points are sorted. */
export function countUntil(points: Racer['points'], clock: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.seconds ?? Number.POSITIVE_INFINITY) <= clock) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The ranking at a time: by the best accuracy so far, then by who reached it first. */
export function standingsAt(racers: readonly Racer[], clock: number): readonly Standing[] {
  const all = racers.map((racer) => {
    const count = countUntil(racer.points, clock);
    let best: { value: number; seconds: number } | null = null;
    for (const point of racer.points.slice(0, count)) {
      if (best === null || point.value > best.value) {
        best = point;
      }
    }
    const last = count === 0 ? undefined : racer.points[count - 1];
    return { racer, best, last, isFinished: count === racer.points.length };
  });
  all.sort((a, b) => {
    const [first, second] = [a.best, b.best];
    return first === null || second === null
      ? Number(first === null) - Number(second === null)
      : second.value - first.value || first.seconds - second.seconds;
  });
  return all.map(({ racer, best, last, isFinished }) => ({
    racer,
    rank: best === null ? null : all.findIndex((other) => other.best?.value === best.value) + 1,
    best: best?.value ?? null,
    now: last?.value ?? null,
    epoch: last?.epoch ?? 0,
    isFinished,
  }));
}

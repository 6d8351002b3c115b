/** A point of a curve; null breaks the line (a value that is not finite, or was not measured). */
export type Point = readonly [x: number, y: number | null];

export interface Series {
  readonly id: string;
  readonly name: string;
  /** A custom property that holds the colour, as `--series-train`. */
  readonly color: string;
  /** `mark`: with a dot per point; `faint`: a thin, pale line behind the others. */
  readonly style: 'line' | 'mark' | 'faint';
  readonly points: readonly Point[];
}

/** One point to be pointed out, as the best epoch. */
export interface Highlight {
  readonly seriesId: string;
  readonly point: readonly [x: number, y: number];
  readonly label: string;
}

/** The last measured value of a curve. */
export function lastValue(points: readonly Point[]): number | null {
  for (let i = points.length - 1; i >= 0; i--) {
    const y = points[i]?.[1];
    if (y !== null && y !== undefined) {
      return y;
    }
  }
  return null;
}

/**
 * Where the axis of a live curve ends: at the end of the run, or, early in a long run, at the next of 5, 10, 20, 40 ..., so that the
 * curve fills the chart and the axis moves seldom.
 */
export function axisEnd(current: number, planned: number): number {
  let end = 5;
  while (end < current) {
    end *= 2;
  }
  return Math.max(1, Math.min(end, planned));
}

/** The rows of the chart's table: every x of the curves with dots or plain lines, each with its values. */
export function tableRows(series: readonly Series[]): { x: number; values: (number | null)[] }[] {
  const rows = new Map<number, (number | null)[]>();
  series.forEach((one, column) => {
    for (const [x, y] of one.points) {
      const row = rows.get(x) ?? series.map(() => null);
      row[column] = y;
      rows.set(x, row);
    }
  });
  return [...rows].sort(([a], [b]) => a - b).map(([x, values]) => ({ x, values }));
}

/** A point of a curve; null (not finite, or not measured) breaks the line. */
export type Point = readonly [x: number, y: number | null];

export interface Series {
  readonly id: string;
  readonly name: string;
  /** A custom property with the colour, such as `--series-train`. */
  readonly color: string;
  /** `mark`: with a dot per point; `faint`: a thin, pale line behind the others. */
  readonly style: 'line' | 'mark' | 'faint';
  readonly points: readonly Point[];
}

/** A marked point, such as the best epoch. */
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
 * The end of the axis of a live curve: the planned end, or, early in a long run, the next of 5, 10, 20, 40 ..., so that the curve fills
 * the chart and the axis rarely changes.
 */
export function axisEnd(current: number, planned: number): number {
  let end = 5;
  while (end < current) {
    end *= 2;
  }
  return Math.max(1, Math.min(end, planned));
}

/** The rows of the chart's table: every x of the series with their values. */
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

/**
 * An exponential moving average with the bias correction of Adam (Kingma, Ba, 2015, section 3). Weight 0 changes nothing; a point without
 * a value keeps none and does not change the average.
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

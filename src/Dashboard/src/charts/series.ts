/** A point of a curve; null (not finite, or not measured) breaks the line. */
export type Point = readonly [x: number, y: number | null];

export type Marker = 'circle' | 'rect' | 'triangle' | 'diamond';

export interface Series {
  readonly id: string;
  readonly name: string;
  /** A custom property with the colour, such as `--series-train`. */
  readonly color: string;
  /** `mark`: with a symbol per point; `faint`: thin and translucent, beside the others. */
  readonly look: 'line' | 'mark' | 'faint';
  /** Dash pattern; empty: solid. */
  readonly dash?: readonly number[];
  readonly marker?: Marker;
  readonly points: readonly Point[];
}

/** An area around a curve, such as mean ± standard deviation. */
export interface Band {
  readonly id: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, low: number, high: number])[];
}

/** A marked point, such as the best epoch. */
export interface Highlight {
  readonly seriesId: string;
  readonly point: readonly [x: number, y: number];
  readonly label: string;
}

/** A line across the chart at a value of one of its axes. */
export interface Rule {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
}

/** All that a line chart shows. */
export interface Drawing {
  readonly series: readonly Series[];
  readonly bands?: readonly Band[];
  readonly highlight?: Highlight | null;
  readonly rules?: readonly Rule[];
  readonly x: {
    readonly name: string;
    /** Null: from the first, or to the last point. */
    readonly from: number | null;
    readonly to: number | null;
    readonly isLog?: boolean;
    readonly isWhole?: boolean;
    readonly format: (value: number) => string;
    readonly tick: (value: number) => string;
  };
  readonly y: {
    readonly isLog?: boolean;
    /** The values that are possible; the axis does not exceed them. */
    readonly limits: Limits;
    /** A smaller range would turn noise into a drama; by default a share of the values. */
    readonly leastSpan?: number;
    /** Fixed range of the axis, instead of that of the values. */
    readonly range?: Limits;
    readonly ignoresOutliers?: boolean;
    readonly format: (value: number) => string;
    readonly tick: (value: number) => string;
  };
  /** Whether the tooltip lists the highest value first, instead of keeping the order of the series. */
  readonly isRanked?: boolean;
  /** A small multiple: fewer ticks, and no name of the axis. */
  readonly isSmall?: boolean;
}

export type Limits = readonly [low: number, high: number];

/** The series of the tooltip and the table: those with points that are not faint. */
export const mainSeries = (series: readonly Series[]): readonly Series[] =>
  series.filter(({ look, points }) => look !== 'faint' && points.length > 0);

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

/** The end of the axis of a curve without a planned end: the next of 5, 10, 20, 40 ..., so that the axis rarely changes. */
export function axisEnd(current: number): number {
  let end = 5;
  while (end < current) {
    end *= 2;
  }
  return end;
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

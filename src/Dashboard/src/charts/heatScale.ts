/** A scale from values to shares of the colours. */
export interface HeatScale {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  readonly share: (value: number) => number;
}

/**
 * A scale over the values. By powers of ten when all are positive and they span more than two of them: the gradients of a deep network
 * do, and on a plain scale all but the largest would be one colour.
 */
export function heatScale(values: readonly (number | null)[], range?: readonly [number, number]): HeatScale {
  const known = values.filter((value) => value !== null);
  const low = range?.[0] ?? Math.min(...known);
  const high = range?.[1] ?? Math.max(...known);
  const isLog = range === undefined && low > 0 && high / low > 100;
  const map = isLog ? Math.log10 : (value: number) => value;
  const span = map(high) - map(low);
  return { low, high, isLog, share: (value) => (span > 0 ? (map(value) - map(low)) / span : 0.5) };
}

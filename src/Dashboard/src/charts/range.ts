import type { Drawing } from './series';

/** About five round numbers in a range. */
export function steps(low: number, high: number): number[] {
  const step = stepOf(high - low);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => multiple(first + index, step));
}

const multiple = (count: number, step: number): number => Number((count * step).toPrecision(12));

/** A round distance of ticks: 1, 2 or 5 times a power of ten. */
function stepOf(span: number, parts = 4): number {
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
}

/** The least range, relative to the values. */
const leastSpan = 0.05;
/** Share of the values at either end that outliers are among. */
const outliers = 0.02;

/** The values that a chart shows within its horizontal axis. */
function valuesOf({ series, bands = [], x, y }: Drawing): number[] {
  const isInside = (at: number) => at >= (x.from ?? at) && at <= (x.to ?? at);
  const values = [
    ...series.flatMap(({ points }) => points.flatMap(([at, value]) => (value !== null && isInside(at) ? [value] : []))),
    ...bands.flatMap(({ points }) => points.flatMap(([at, low, high]) => (isInside(at) ? [low, high] : []))),
  ].filter((value) => y.isLog !== true || value > 0);
  const sorted = values.sort((a, b) => a - b);
  const cut = y.ignoresOutliers ? Math.max(1, Math.round(sorted.length * outliers)) : 0;
  return sorted.length > 2 * cut + 1 ? sorted.slice(cut, sorted.length - cut) : sorted;
}

/** The range of the vertical axis, and the distance of its ticks; null without values. */
export function rangeOfY(drawing: Drawing): { min: number; max: number; interval?: number } | null {
  const { isLog, range } = drawing.y;
  const values = range ?? valuesOf(drawing);
  const [low, high] = [values[0], values.at(-1)];
  if (low === undefined || high === undefined) {
    return null;
  }
  // A log axis spans the values, not whole powers: half of the chart would be empty otherwise.
  return isLog ? { min: low / 1.04, max: high * 1.04 } : rounded(low, high, drawing);
}

function rounded(low: number, high: number, { y, isSmall }: Drawing) {
  const [lowest, highest] = y.limits;
  const middle = (low + high) / 2;
  const least = y.leastSpan ?? (Math.max(Math.abs(low), Math.abs(high)) || 1) * leastSpan;
  const half = Math.max(high - low, least) / 2;
  const interval = stepOf(2 * half, isSmall ? 1.5 : 4);
  return {
    min: Math.max(multiple(Math.floor((middle - half) / interval + 1e-9), interval), lowest),
    max: Math.min(multiple(Math.ceil((middle + half) / interval - 1e-9), interval), highest),
    interval,
  };
}

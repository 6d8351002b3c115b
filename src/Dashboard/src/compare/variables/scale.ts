import { steps } from '../../charts/range';
import type { Variable } from './variables';

/** Maps values of a variable to an axis from 0 to 1. */
export interface Scale {
  /** Null without a value. */
  readonly share: (value: number | string | null) => number | null;
  readonly ticks: readonly { readonly share: number; readonly value: number | string }[];
  /** The value at a position; for a category, the nearest one. */
  readonly at: (share: number) => number | string;
  readonly isLog: boolean;
}

/** Settings with more distinct values have ticks at round numbers. */
const maximumMarks = 6;
/** Minimum distance of ticks. */
const minimumDistance = 0.07;

/** Values with a larger ratio of high to low have a log scale. */
const logSpan = 50;

/** The scale of a variable over some runs. */
export function scaleOf(variable: Variable, runs: readonly string[]): Scale {
  if (variable.kind === 'category') {
    return categories(variable.categories);
  }
  const values = runs.map(variable.valueOf).filter((value) => typeof value === 'number');
  // A setting with few values has its ticks at them.
  const isMarked = variable.goal === null && variable.distinct <= maximumMarks;
  return numbers(values, isMarked ? [...new Set(values)].sort((a, b) => a - b) : null);
}

function categories(names: readonly string[]): Scale {
  const place = (index: number) => (names.length < 2 ? 0.5 : index / (names.length - 1));
  return {
    share: (value) => {
      const index = names.indexOf(String(value));
      return value === null || index < 0 ? null : place(index);
    },
    ticks: names.map((value, index) => ({ share: place(index), value })),
    at: (share) => names[Math.round(share * (names.length - 1))] ?? '',
    isLog: false,
  };
}

function numbers(known: readonly number[], own: readonly number[] | null): Scale {
  const low = known.length === 0 ? 0 : Math.min(...known);
  const high = known.length === 0 ? 1 : Math.max(...known);
  const isLog = low > 0 && high / low >= logSpan;
  const to = isLog ? Math.log10 : (value: number) => value;
  const from = isLog ? (value: number) => 10 ** value : (value: number) => value;
  // Equal values are in the middle.
  const [start, end] = low === high ? [to(low) - 1, to(low) + 1] : [to(low), to(high)];
  const share = (value: number) => (to(value) - start) / (end - start);
  const marks = own ?? (low === high ? [low] : isLog ? powers(start, end) : steps(start, end));
  const ticks = marks.map((value) => ({ share: share(value), value }));
  return {
    share: (value) => (typeof value === 'number' ? share(value) : null),
    ticks: ticks.filter((tick, index) => index === 0 || tick.share - (ticks[index - 1]?.share ?? 0) >= minimumDistance),
    at: (place) => from(start + place * (end - start)),
    isLog,
  };
}

/** The powers of ten between two exponents, and three times them where there are few. */
function powers(low: number, high: number): number[] {
  const factors = high - low < 2.5 ? [1, 3] : [1];
  const marks: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(6));
      if (Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9) {
        marks.push(value);
      }
    }
  }
  return marks;
}

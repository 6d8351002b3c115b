import type { Scale } from './scale';
import type { Variable } from './variables';

/** A range of an axis, from 0 to 1. */
export type Range = readonly [low: number, high: number];
/** Ranges by the id of their variable. */
export type Brushes = ReadonlyMap<string, Range>;

const shape = /^(.+)@(\d(?:\.\d+)?)-(\d(?:\.\d+)?)$/;
const short = (share: number): number => Number(share.toFixed(3));

/** Reads `best:validation_loss@0.1-0.4`, one per range. */
export function readBrushes(search: URLSearchParams): Brushes {
  return new Map(
    search.getAll('brush').flatMap((text) => {
      const [, id = '', low = '0', high = '1'] = shape.exec(text) ?? [];
      const range: Range = [Math.min(Number(low), 1), Math.min(Number(high), 1)];
      return id === '' || range[0] > range[1] ? [] : [[id, range] as const];
    }),
  );
}

export function writeBrushes(brushes: Brushes, search: URLSearchParams): void {
  search.delete('brush');
  for (const [id, [low, high]] of brushes) {
    search.append('brush', `${id}@${short(low)}-${short(high)}`);
  }
}

/** Sets the range of a variable; the whole axis is no range. */
export function withBrush(brushes: Brushes, id: string, range: Range): Brushes {
  const next = new Map(brushes);
  const [low, high] = [Math.max(0, Math.min(...range)), Math.min(1, Math.max(...range))];
  if (low <= 0 && high >= 1) {
    next.delete(id);
  } else {
    next.set(id, [low, high]);
  }
  return next;
}

/** Tolerance for the rounding in the URL. */
const slack = 0.002;

/** The runs within all ranges; a run without a value is in none. */
export const insideOf = (
  runs: readonly string[],
  axes: readonly { readonly variable: Variable; readonly scale: Scale }[],
  brushes: Brushes,
): ReadonlySet<string> =>
  new Set(
    runs.filter((run) =>
      axes.every(({ variable, scale }) => {
        const range = brushes.get(variable.id);
        const share = scale.share(variable.valueOf(run));
        return range === undefined || (share !== null && share >= range[0] - slack && share <= range[1] + slack);
      }),
    ),
  );

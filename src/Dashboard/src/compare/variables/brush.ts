import type { Scale } from './scale';
import type { Variable } from './variables';

/** A part of an axis, in shares from 0 to 1. */
export type Range = readonly [low: number, high: number];
/** The brushed part of each variable that has one, by id. */
export type Brushes = ReadonlyMap<string, Range>;

const shape = /^(.+)@(\d(?:\.\d+)?)-(\d(?:\.\d+)?)$/;
const short = (share: number): number => Number(share.toFixed(3));

/** Reads `best:validation_loss@0.1-0.4`, one for each brushed axis. */
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

/** With one axis brushed anew; the whole axis is no brush. */
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

/** What rounding in the address may move. */
const slack = 0.002;

/** The runs that lie within all brushes; one without a value lies in none. */
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

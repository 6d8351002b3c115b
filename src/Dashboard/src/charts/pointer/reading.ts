import type { Point } from '../series';

/** What a chart says of a place on its horizontal axis. */
export interface Reading {
  /** The place that is meant: where there is a point. */
  readonly x: number;
  /** Made when it is shown: most moves of the pointer come to the point that is shown already. */
  readonly box: () => HTMLElement;
}

/** Reads a chart at a place; null where there is nothing. */
export type Read = (x: number) => Reading | null;

interface Curve {
  readonly name: string;
  readonly color: string;
  readonly points: readonly Point[];
}

interface Words {
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Resolves a custom property to a colour. */
  readonly color: (property: string) => string;
  /** Whether the highest value comes first, as the curves lie; else the order is that of the curves. */
  readonly isRanked: boolean;
}

/** Of many curves only so many fit beside the pointer. */
const mostRows = 12;

/** The point nearest to a place, of points in the order of their places. */
export function nearest(points: readonly Point[], x: number): Point | undefined {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const [before, after] = [points[low - 1], points[low]];
  return before !== undefined && after !== undefined && x - before[0] <= after[0] - x ? before : after;
}

/**
 * Reads curves at the place of the nearest point of any of them. A curve that goes on there without a point of its own, as runs do over
 * time, tells its nearest one.
 */
export const readerOf =
  (curves: readonly Curve[], { formatX, formatY, color, isRanked }: Words): Read =>
  (at) => {
    let x: number | null = null;
    for (const { points } of curves) {
      const place = nearest(points, at)?.[0];
      if (place !== undefined && (x === null || Math.abs(place - at) < Math.abs(x - at))) {
        x = place;
      }
    }
    if (x === null) {
      return null;
    }
    const place = x;
    return {
      x: place,
      box: () => {
        const rows = curves.flatMap(({ name, color: property, points }) => {
          const y = valueAt(points, place);
          return y === null ? [] : [{ name, color: color(property), y }];
        });
        return boxOf(formatX(place), isRanked ? rows.sort((a, b) => b.y - a.y) : rows, formatY);
      },
    };
  };

/** The value of the nearest point; null before the first point, after the last one, and where the curve breaks. */
function valueAt(points: readonly Point[], x: number): number | null {
  const [first, last] = [points[0], points.at(-1)];
  return first === undefined || last === undefined || x < first[0] || x > last[0]
    ? null
    : (nearest(points, x)?.[1] ?? null);
}

/** Built of text, without markup from names. */
function boxOf(
  title: string,
  rows: readonly { name: string; color: string; y: number }[],
  formatY: (value: number) => string,
): HTMLElement {
  const box = element('div', '', 'chart-tooltip-box');
  box.append(element('strong', title));
  for (const { name, color, y } of rows.slice(0, mostRows)) {
    const swatch = element('i');
    swatch.style.background = color;
    const row = element('div');
    row.append(swatch, element('span', name), element('b', formatY(y)));
    box.append(row);
  }
  if (rows.length > mostRows) {
    box.append(element('div', `+ ${rows.length - mostRows}`));
  }
  return box;
}

function element(tag: string, text = '', className = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

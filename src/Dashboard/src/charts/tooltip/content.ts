import type { Point } from '../series';

/** The tooltip of a chart at a position of its horizontal axis. */
export interface TooltipContent {
  /** The position of the nearest point. */
  readonly x: number;
  /** Created lazily: most pointer moves stay at the same point. */
  readonly box: () => HTMLElement;
}

/** The tooltip at a position; null where there is none. */
export type TooltipAt = (x: number) => TooltipContent | null;

interface Curve {
  readonly name: string;
  readonly color: string;
  readonly points: readonly Point[];
}

interface Format {
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Resolves a custom property to a colour. */
  readonly color: (property: string) => string;
  /** Whether rows are sorted by value, highest first, instead of in the order of the curves. */
  readonly isRanked: boolean;
  /** The part of the horizontal axis that is shown; by default all of it. */
  readonly from?: number | null;
  readonly to?: number | null;
}

const maximumRows = 12;

/** The point nearest to a position; points are sorted by position. */
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
 * The tooltips of some curves: at the position of the nearest point of any curve that is in view. A curve without a point there contributes its nearest
 * one.
 */
export function tooltipFor(
  curves: readonly Curve[],
  { formatX, formatY, color, isRanked, from, to }: Format,
): TooltipAt {
  const isShown = ([x]: Point) => (from == null || x >= from) && (to == null || x <= to);
  const shown = curves.map(({ points }) => points.filter(isShown));
  return (at) => {
    let x: number | null = null;
    for (const points of shown) {
      const position = nearest(points, at)?.[0];
      if (position !== undefined && (x === null || Math.abs(position - at) < Math.abs(x - at))) {
        x = position;
      }
    }
    if (x === null) {
      return null;
    }
    const position = x;
    return {
      x: position,
      box: () => {
        const rows = curves.flatMap(({ name, color: property, points }) => {
          const y = valueAt(points, position);
          return y === null ? [] : [{ name, color: color(property), y }];
        });
        return boxOf(formatX(position), isRanked ? rows.sort((a, b) => b.y - a.y) : rows, formatY);
      },
    };
  };
}

/** The value of the nearest point; null before the first point, after the last one, and at a break of the curve. */
function valueAt(points: readonly Point[], x: number): number | null {
  const [first, last] = [points[0], points.at(-1)];
  return first === undefined || last === undefined || x < first[0] || x > last[0]
    ? null
    : (nearest(points, x)?.[1] ?? null);
}

/** Built from text nodes, so that names cannot inject markup. */
function boxOf(
  title: string,
  rows: readonly { name: string; color: string; y: number }[],
  formatY: (value: number) => string,
): HTMLElement {
  const box = element('div', '', 'chart-tooltip-box');
  box.append(element('strong', title));
  for (const { name, color, y } of rows.slice(0, maximumRows)) {
    const swatch = element('i');
    swatch.style.background = color;
    const row = element('div');
    row.append(swatch, element('span', name), element('b', formatY(y)));
    box.append(row);
  }
  if (rows.length > maximumRows) {
    box.append(element('div', `+ ${rows.length - maximumRows}`));
  }
  return box;
}

const element = (tag: string, textContent = '', className = ''): HTMLElement =>
  Object.assign(document.createElement(tag), { textContent, className });

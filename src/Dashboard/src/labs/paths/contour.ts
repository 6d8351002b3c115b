import type { components } from '../../api/schema';

export type HeightGrid = components['schemas']['HeightGrid'];

const bands = 14;

/** The levels between bands of height: closer together near the lowest values, where the paths end. */
export function levelsOf(values: readonly (number | null)[]): readonly number[] {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const levels = Array.from({ length: bands - 1 }, (_, index) => {
    const share = ((index + 1) / bands) ** 1.7;
    return known[Math.floor(share * (known.length - 1))] ?? 0;
  });
  return [...new Set(levels)];
}

/** The height at a place of the grid, in columns and rows, between its points; null where one of them has none. */
export function heightAt({ columns, rows, values }: HeightGrid, column: number, row: number): number | null {
  const [left, low] = [Math.min(Math.floor(column), columns - 2), Math.min(Math.floor(row), rows - 2)];
  const [u, v] = [column - left, row - low];
  const at = (x: number, y: number) => values[(low + y) * columns + left + x] ?? null;
  const corners = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)] as const;
  const [a, b, c, d] = corners;
  return a === null || b === null || c === null || d === null
    ? null
    : (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
}

/** The band of a height: 0 below the first level. */
export function bandOf(levels: readonly number[], height: number): number {
  let [low, high] = [0, levels.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((levels[middle] ?? 0) <= height) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export type Rgb = readonly [number, number, number];

/** Red, green and blue of a colour as the browser resolves it: rgb(1, 2, 3). */
export const channelsOf = (color: string): Rgb => {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
};

/** The picture of a function, one pixel for each of the canvas: bands of height from one colour to another, with lines between them. */
export function paintContours(
  grid: HeightGrid,
  width: number,
  height: number,
  { low, high, line, none }: { low: Rgb; high: Rgb; line: Rgb; none: Rgb },
): Uint8ClampedArray<ArrayBuffer> {
  const levels = levelsOf(grid.values);
  const pixels = new Uint8ClampedArray(width * height * 4);
  const places = new Int16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = heightAt(
        grid,
        (x / Math.max(width - 1, 1)) * (grid.columns - 1),
        (1 - y / Math.max(height - 1, 1)) * (grid.rows - 1),
      );
      places[y * width + x] = value === null ? -1 : bandOf(levels, value);
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const band = places[at] ?? -1;
      const isLine = (x + 1 < width && places[at + 1] !== band) || (y + 1 < height && places[at + width] !== band);
      const share = levels.length === 0 ? 0 : band / levels.length;
      const color =
        band < 0
          ? none
          : isLine
            ? line
            : ([0, 1, 2].map((i) => (low[i] ?? 0) + ((high[i] ?? 0) - (low[i] ?? 0)) * share) as unknown as Rgb);
      pixels.set([...color, 255], at * 4);
    }
  }
  return pixels;
}

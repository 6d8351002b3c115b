import type { components } from '../../api/schema';

export type ConvolutionResult = components['schemas']['ConvolutionResult'];

/** A position of a window. */
export interface WindowPlace {
  readonly filter: number;
  readonly row: number;
  readonly column: number;
}

/** The position of a step: row by row, then the next filter. */
export function placeOf({ output }: ConvolutionResult, step: number): WindowPlace {
  const [, rows = 1, columns = 1] = output.shape;
  return {
    filter: Math.floor(step / (rows * columns)),
    row: Math.floor(step / columns) % rows,
    column: step % columns,
  };
}

export const stepOf = ({ output }: ConvolutionResult, { filter, row, column }: WindowPlace): number => {
  const [, rows = 1, columns = 1] = output.shape;
  return (filter * rows + row) * columns + column;
};

/** An element of a window: the pixel under it, and the weight on it. */
export interface Term {
  readonly channel: number;
  /** Row and column in the window. */
  readonly v: number;
  readonly u: number;
  /** Row and column in the input, which may be in its padding. */
  readonly y: number;
  readonly x: number;
  readonly pixel: number;
  readonly isPadding: boolean;
  /** Null in pooling. */
  readonly weight: number | null;
}

/** The elements of a window: of all channels in a convolution, of its own channel in pooling. */
export function termsOf(
  { input, weights, window, stride, padding, dilation }: ConvolutionResult,
  place: WindowPlace,
): readonly Term[] {
  const [channels = 1, height = 1, width = 1] = input.shape;
  const own = weights === null ? [place.filter] : Array.from({ length: channels }, (_, channel) => channel);
  return own.flatMap((channel) =>
    Array.from({ length: window * window }, (_, index): Term => {
      const [v, u] = [Math.floor(index / window), index % window];
      const y = place.row * stride + v * dilation - padding;
      const x = place.column * stride + u * dilation - padding;
      const isPadding = y < 0 || y >= height || x < 0 || x >= width;
      return {
        channel,
        v,
        u,
        y,
        x,
        pixel: isPadding ? 0 : (input.values[(channel * height + y) * width + x] ?? 0),
        isPadding,
        weight:
          weights === null
            ? null
            : (weights.values[((place.filter * channels + channel) * window + v) * window + u] ?? 0),
      };
    }),
  );
}

export type PoolKind = 'max' | 'average';

/** What the window comes to: the weighted sum and the bias, or the maximum or mean. */
export function resultOf(terms: readonly Term[], bias: number, pool: PoolKind | null): number {
  const pixels = terms.map(({ pixel }) => pixel);
  return pool === 'max'
    ? Math.max(...pixels)
    : pool === 'average'
      ? pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length
      : terms.reduce((sum, { pixel, weight }) => sum + pixel * (weight ?? 0), bias);
}

/** Rows of numbers as text, and back; null where the text is no rows of numbers. */
export const rowsToText = (rows: readonly (readonly number[])[]): string => rows.map((row) => row.join(' ')).join('\n');

export function textToRows(words: string): number[][] | null {
  const rows = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/[\s,;]+/).map(Number));
  return rows.some((row) => row.some((value) => !Number.isFinite(value))) ? null : rows;
}

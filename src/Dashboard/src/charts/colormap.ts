/** Nine points of viridis (Smith, van der Walt, 2015), with linear interpolation: safe for all kinds of colour vision and in greyscale. */
const stops: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [253, 231, 37],
];

/** The colour at a position of the scale, 0 to 1: red, green and blue, 0 to 255. */
function colorAt(share: number): readonly [number, number, number] {
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(place), stops.length - 2);
  const [low, high] = [stops[index], stops[index + 1]];
  if (low === undefined || high === undefined) {
    return [0, 0, 0];
  }
  const mix = (channel: 0 | 1 | 2) => Math.round(low[channel] + (high[channel] - low[channel]) * (place - index));
  return [mix(0), mix(1), mix(2)];
}

export const cssColorAt = (share: number): string => `rgb(${colorAt(share).join(', ')})`;

/** The text colour with the better contrast at a position of the scale. */
export const textOn = (share: number): '#000' | '#fff' => {
  const [r, g, b] = colorAt(share);
  return 0.299 * r + 0.587 * g + 0.114 * b > 110 ? '#000' : '#fff';
};

/** Colours of classes, by Okabe and Ito, and Tol: safe for all kinds of colour vision. */
const classColors: readonly string[] = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#882255',
  '#999933',
  '#44aa99',
  '#332288',
];

export const classColor = (index: number): string => classColors[index % classColors.length] ?? '#000';

/** Maps values to positions of the colour scale. */
interface HeatScale {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  readonly share: (value: number) => number;
}

/**
 * The scale of some values; logarithmic when all are positive and span more than two orders of magnitude, as the gradients of a deep
 * network do.
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

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

type Rgb = readonly [red: number, green: number, blue: number];

/** The colour at a position of the scale, 0 to 1: red, green and blue, 0 to 255. */
function colorAt(share: number): Rgb {
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(place), stops.length - 2);
  const [low, high] = [stops[index], stops[index + 1]];
  return low === undefined || high === undefined ? [0, 0, 0] : mixed(low, high, place - index);
}

const mixed = (from: Rgb, to: Rgb, share: number): Rgb => {
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
};

export const css = (color: Rgb): string => `rgb(${color.join(', ')})`;

export const cssColorAt = (share: number): string => css(colorAt(share));

/** Positive blue, negative orange, zero white: the ends by Okabe and Ito, safe for all kinds of colour vision. */
const white: Rgb = [255, 255, 255];
const positive: Rgb = [0, 114, 178];
const negative: Rgb = [213, 94, 0];

/** The colour at a position of a scale about zero, -1 to 1. */
export const signedColorAt = (share: number): Rgb =>
  mixed(white, share < 0 ? negative : positive, Math.min(Math.abs(share), 1));

/** One hue, from the ground of a card to the darkest, or in a dark theme the lightest, blue. */
const blues: Readonly<Record<'light' | 'dark', readonly [Rgb, Rgb]>> = {
  light: [
    [255, 255, 255],
    [8, 64, 128],
  ],
  dark: [
    [23, 31, 40],
    [157, 209, 248],
  ],
};

/** The ground of a cell at a position of the scale of one hue, 0 to 1, and the text colour with the better contrast on it. */
export function shareColors(share: number, theme: 'light' | 'dark'): { background: string; color: string } {
  const [from, to] = blues[theme];
  const ground = mixed(from, to, Math.min(Math.max(share, 0), 1));
  return { background: css(ground), color: luminanceOf(ground) > 0.179 ? '#000' : '#fff' };
}

/** Relative luminance (WCAG 2.2). */
const luminanceOf = (color: Rgb): number => {
  const [r, g, b] = color.map((channel) =>
    channel <= 10.31475 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const rgbOf = (color: string): Rgb => {
  const channels = color.startsWith('#')
    ? (color.length === 4
        ? [...color.slice(1)].map((digit) => digit + digit)
        : (color.slice(1).match(/../g) ?? [])
      ).map((digits) => Number.parseInt(digits, 16))
    : (color.match(/\d+/g) ?? []).map(Number);
  return [channels[0] ?? 0, channels[1] ?? 0, channels[2] ?? 0];
};

/** The contrast ratio of two colours, #rgb, #rrggbb or rgb() (WCAG 2.2). */
export function contrast(first: string, second: string): number {
  const [a, b] = [luminanceOf(rgbOf(first)), luminanceOf(rgbOf(second))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

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

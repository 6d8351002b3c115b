import type { Look } from '../look';

// A picture drawn from the data, for charts that the page shows with elements which no file can hold (tables, canvases).

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (value: string): string => value.replaceAll(/[&<>"]/g, (one) => escapes[one] ?? one);

/** Size of the writing, in pixels. */
export const fontSize = 12;
/** Room of one character, on average: there is nothing to measure with. */
const characterWidth = 6.7;
export const widthOf = (words: readonly string[]): number =>
  Math.ceil(Math.max(0, ...words.map((word) => word.length)) * characterWidth);

interface LabelStyle {
  anchor?: 'start' | 'middle' | 'end';
  fill: string;
  /** In degrees, around the label's own place. */
  turned?: number;
  isBold?: boolean;
}

/** Text; y is its middle. */
export function label(
  x: number,
  y: number,
  value: string,
  { anchor = 'start', fill, turned, isBold }: LabelStyle,
): string {
  const turn = turned === undefined ? '' : ` transform="rotate(${turned} ${x} ${y})"`;
  const weight = isBold === true ? ' font-weight="600"' : '';
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" dominant-baseline="central" fill="${fill}"${weight}${turn}>${escaped(value)}</text>`;
}

export const box = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${more}/>`;

export const sheetMargin = 16;
/** Where the drawing begins, below the title. */
export const sheetTop = 48;

interface Sheet {
  title: string;
  width: number;
  height: number;
  look: Look;
}

/** An SVG file: the ground, a title, and what is drawn. */
export const sheet = ({ title, width, height, look }: Sheet, drawn: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(look.font)}" font-size="${fontSize}">`,
    box(0, 0, width, height, look.color('--surface')),
    `<g font-size="15">${label(sheetMargin, 24, title, { fill: look.color('--text'), isBold: true })}</g>`,
    ...drawn,
    '</svg>',
  ].join('\n');

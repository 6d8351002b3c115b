import type { ChartTheme } from '../chartTheme';

// SVG files drawn from data, for charts that the page shows as tables or canvases.

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (value: string): string => value.replaceAll(/[&<>"]/g, (one) => escapes[one] ?? one);

/** In pixels. */
export const fontSize = 12;
/** Average width of a character in pixels: nothing can be measured here. */
const characterWidth = 6.7;
export const textWidth = (labels: readonly string[]): number =>
  Math.ceil(Math.max(0, ...labels.map((one) => one.length)) * characterWidth);

interface LabelStyle {
  anchor?: 'start' | 'middle' | 'end';
  fill: string;
  /** Rotation around the label's position, in degrees. */
  rotated?: number;
  isBold?: boolean;
}

/** A text element; y is its vertical centre. */
export function label(
  x: number,
  y: number,
  value: string,
  { anchor = 'start', fill, rotated, isBold }: LabelStyle,
): string {
  const rotation = rotated === undefined ? '' : ` transform="rotate(${rotated} ${x} ${y})"`;
  const weight = isBold === true ? ' font-weight="600"' : '';
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" dominant-baseline="central" fill="${fill}"${weight}${rotation}>${escaped(value)}</text>`;
}

export const box = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${more}/>`;

export const svgMargin = 16;
/** Top of the drawing, below the title. */
export const svgTop = 48;

interface SvgDocument {
  title: string;
  width: number;
  height: number;
  theme: ChartTheme;
}

/** An SVG file: background, title and drawing. */
export const svgDocument = ({ title, width, height, theme }: SvgDocument, drawn: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(theme.font)}" font-size="${fontSize}">`,
    box(0, 0, width, height, theme.color('--surface')),
    `<g font-size="15">${label(svgMargin, 24, title, { fill: theme.color('--text'), isBold: true })}</g>`,
    ...drawn,
    '</svg>',
  ].join('\n');

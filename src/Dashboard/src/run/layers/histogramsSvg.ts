import type { ChartTheme } from '../../charts/chartTheme';
import { box, label, svgDocument, svgMargin, svgTop } from '../../charts/download/svg';
import { brief } from '../../text/format';
import { type HistogramSeries, outlineOf } from './histograms';

const across = 4;
const size = { width: 220, height: 88 };
const step = { x: size.width + 20, y: size.height + 56 };

/** One epoch as an SVG file: the histogram of each layer over its range. */
export function histogramsSvg(
  title: string,
  series: readonly HistogramSeries[],
  frame: number,
  theme: ChartTheme,
): string {
  const text = theme.color('--text-2');
  const drawn = series.flatMap(({ name, low, high, frames }, index) => {
    const histogram = frames[frame] ?? null;
    const x = svgMargin + (index % across) * step.x;
    const y = svgTop + 16 + Math.floor(index / across) * step.y;
    const zero = x + (-low / (high - low || 1)) * size.width;
    return [
      label(x, y - 12, name, { fill: theme.color('--text'), isBold: true }),
      box(x, y, size.width, size.height, theme.color('--surface-2')),
      low < 0 && high > 0
        ? `<path d="M${zero} ${y}v${size.height}" stroke="${theme.color('--text-3')}" stroke-dasharray="2 2"/>`
        : '',
      histogram === null
        ? ''
        : `<path transform="translate(${x} ${y}) scale(${size.width / 100} ${size.height / 40})" fill="${theme.color('--series-train')}" d="${outlineOf(histogram, low, high)}"/>`,
      label(x, y + size.height + 12, brief(low), { fill: text }),
      label(x + size.width, y + size.height + 12, brief(high), { anchor: 'end', fill: text }),
    ];
  });
  const columns = Math.min(series.length, across);
  const rows = Math.ceil(series.length / across);
  return svgDocument(
    {
      title,
      width: Math.max(columns * step.x - 20, 420) + 2 * svgMargin,
      height: svgTop + rows * step.y + 4,
      theme,
    },
    drawn,
  );
}

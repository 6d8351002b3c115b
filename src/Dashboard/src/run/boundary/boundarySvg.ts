import type { DecisionFilm, DecisionFrame } from '../../api/types';
import type { ChartTheme } from '../../charts/chartTheme';
import { classColor } from '../../charts/colormap';
import { box, label, svgDocument, svgMargin, svgTop } from '../../charts/download/svg';
import { text } from '../../text/text';
import { positionOf } from './paint';

const size = 560;
const legendWidth = 160;

/** One frame as an SVG file: the field as an embedded image, the samples as shapes. */
export function boundarySvg(
  title: string,
  frame: DecisionFrame,
  points: DecisionFilm['points'],
  field: string,
  theme: ChartTheme,
): string {
  const samples = points.map((point) => {
    const [x, y] = positionOf(frame, point);
    const [left, top] = [svgMargin + x * size, svgTop + y * size];
    const color = classColor(point.label);
    const edge = ' stroke="#ffffff" stroke-width="1.3"';
    return point.split === 'train'
      ? `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="4" fill="${color}"${edge}/>`
      : box(Number((left - 4).toFixed(1)), Number((top - 4).toFixed(1)), 8, 8, color, edge);
  });
  const legend = Array.from({ length: frame.classes }, (_, index) => {
    const [x, y] = [svgMargin + size + 24, svgTop + 12 + index * 24];
    return (
      `<circle cx="${x}" cy="${y}" r="6" fill="${classColor(index)}"/>` +
      label(x + 16, y, text.boundary.class(index), { fill: theme.color('--text') })
    );
  });
  return svgDocument({ title, width: size + legendWidth + 2 * svgMargin, height: svgTop + size + svgMargin, theme }, [
    `<image x="${svgMargin}" y="${svgTop}" width="${size}" height="${size}" preserveAspectRatio="none" href="${field}"/>`,
    ...samples,
    ...legend,
  ]);
}

import type { DecisionFilm, DecisionFrame } from '../../api/types';
import { classColor } from '../../charts/colormap';
import type { Look } from '../../charts/look';
import { box, label, sheet, sheetMargin, sheetTop } from '../../charts/pictures/sheet';
import { text } from '../../text/text';
import { placeOf } from './paint';

const size = 560;
const legendWidth = 160;

/** One frame as an SVG file. The field is a picture in it, by its address; the samples are drawn. */
export function boundaryPicture(
  title: string,
  frame: DecisionFrame,
  points: DecisionFilm['points'],
  field: string,
  look: Look,
): string {
  const samples = points.map((point) => {
    const [x, y] = placeOf(frame, point);
    const [left, top] = [sheetMargin + x * size, sheetTop + y * size];
    const color = classColor(point.label);
    const edge = ' stroke="#ffffff" stroke-width="1.3"';
    return point.split === 'train'
      ? `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="4" fill="${color}"${edge}/>`
      : box(Number((left - 4).toFixed(1)), Number((top - 4).toFixed(1)), 8, 8, color, edge);
  });
  const legend = Array.from({ length: frame.classes }, (_, index) => {
    const [x, y] = [sheetMargin + size + 24, sheetTop + 12 + index * 24];
    return (
      `<circle cx="${x}" cy="${y}" r="6" fill="${classColor(index)}"/>` +
      label(x + 16, y, text.boundary.class(index), { fill: look.color('--text') })
    );
  });
  return sheet({ title, width: size + legendWidth + 2 * sheetMargin, height: sheetTop + size + sheetMargin, look }, [
    `<image x="${sheetMargin}" y="${sheetTop}" width="${size}" height="${size}" preserveAspectRatio="none" href="${field}"/>`,
    ...samples,
    ...legend,
  ]);
}

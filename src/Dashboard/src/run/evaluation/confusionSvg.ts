import type { ChartTheme } from '../../charts/chartTheme';
import { cssColorAt, textOn } from '../../charts/colormap';
import { box, label, svgDocument, svgMargin, svgTop, textWidth } from '../../charts/download/svg';
import { integer } from '../../text/format';
import { text } from '../../text/text';

const cell = { width: 52, height: 28 };

/** The confusion matrix as an SVG file. */
export function confusionSvg(
  title: string,
  names: readonly string[],
  confusion: readonly (readonly number[])[],
  theme: ChartTheme,
): string {
  const room = textWidth(names) + 12;
  const left = svgMargin + Math.max(room, textWidth([text.evaluation.corner]) + 12);
  const top = svgTop + room;
  const fill = theme.color('--text-2');
  const cells = confusion.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => {
      const share = total === 0 ? 0 : count / total;
      const [x, y] = [left + predicted * cell.width, top + truth * cell.height];
      const ground = count === 0 ? theme.color('--surface-2') : cssColorAt(share);
      return (
        box(x + 1, y + 1, cell.width - 2, cell.height - 2, ground, ' rx="3"') +
        label(x + cell.width / 2, y + cell.height / 2, integer(count), {
          anchor: 'middle',
          fill: count === 0 ? fill : textOn(share),
        })
      );
    });
  });
  return svgDocument(
    {
      title,
      width: Math.max(left + names.length * cell.width + svgMargin, 360),
      height: top + confusion.length * cell.height + svgMargin,
      theme,
    },
    [
      label(left - 12, top - 12, text.evaluation.corner, { anchor: 'end', fill }),
      ...names.flatMap((name, index) => [
        label(left + (index + 0.5) * cell.width, top - 8, name, { fill, rotated: -90 }),
        label(left - 12, top + (index + 0.5) * cell.height, name, { anchor: 'end', fill }),
      ]),
      ...cells,
    ],
  );
}

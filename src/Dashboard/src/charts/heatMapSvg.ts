import type { ChartTheme } from './chartTheme';
import { cssColorAt, heatScale } from './colormap';
import { box, label, svgDocument, svgMargin, svgTop, textWidth } from './download/svg';
import type { HeatMapProps } from './HeatMap';

const rowHeight = 22;
const mapWidth = 720;
const scaleWidth = 220;
const scaleSteps = 44;

type HeatDrawing = Pick<HeatMapProps, 'rows' | 'columns' | 'format' | 'range'> & { title: string };

/** A heat map as an SVG file: the map with its labels, and the scale below. */
export function heatMapSvg({ title, rows, columns, format, range }: HeatDrawing, theme: ChartTheme): string {
  const scale = heatScale(
    rows.flatMap(({ values }) => values),
    range,
  );
  const text = theme.color('--text-2');
  const left = svgMargin + textWidth(rows.map((row) => row.label)) + 12;
  const bottom = svgTop + rows.length * rowHeight;
  const cell = mapWidth / Math.max(columns.length, 1);
  const low = format(scale.low);
  const high = `${format(scale.high)}${scale.isLog ? ' (log)' : ''}`;
  const scaleLeft = left + textWidth([low]) + 12;
  return svgDocument({ title, width: left + mapWidth + svgMargin, height: bottom + 68, theme }, [
    box(left, svgTop, mapWidth, rows.length * rowHeight, theme.color('--surface-2')),
    '<g shape-rendering="crispEdges">',
    ...rows.flatMap(({ values }, row) =>
      values.map((value, column) =>
        value === null
          ? ''
          : box(left + column * cell, svgTop + row * rowHeight, cell, rowHeight, cssColorAt(scale.share(value))),
      ),
    ),
    ...Array.from({ length: scaleSteps }, (_, step) =>
      box(
        scaleLeft + (step * scaleWidth) / scaleSteps,
        bottom + 38,
        scaleWidth / scaleSteps,
        10,
        cssColorAt(step / (scaleSteps - 1)),
      ),
    ),
    '</g>',
    ...rows.map((row, index) =>
      label(left - 12, svgTop + (index + 0.5) * rowHeight, row.label, { anchor: 'end', fill: text }),
    ),
    label(left, bottom + 16, columns[0] ?? '', { fill: text }),
    columns.length > 1 ? label(left + mapWidth, bottom + 16, columns.at(-1) ?? '', { anchor: 'end', fill: text }) : '',
    label(left, bottom + 43, low, { fill: text }),
    label(scaleLeft + scaleWidth + 12, bottom + 43, high, { fill: text }),
  ]);
}

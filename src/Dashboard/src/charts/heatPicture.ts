import { cssColorAt } from './colormap';
import type { HeatMapProps } from './HeatMap';
import { heatScale } from './heatScale';
import type { Look } from './look';
import { box, label, sheet, sheetMargin, sheetTop, widthOf } from './pictures/sheet';

const rowHeight = 22;
const mapWidth = 720;
const scaleWidth = 220;
const scaleSteps = 44;

type HeatDrawing = Pick<HeatMapProps, 'rows' | 'columns' | 'format' | 'range'> & { title: string };

/** A heat map as an SVG file: the map with its names, and the scale below. */
export function heatPicture({ title, rows, columns, format, range }: HeatDrawing, look: Look): string {
  const scale = heatScale(
    rows.flatMap(({ values }) => values),
    range,
  );
  const text = look.color('--text-2');
  const left = sheetMargin + widthOf(rows.map((row) => row.label)) + 12;
  const bottom = sheetTop + rows.length * rowHeight;
  const cell = mapWidth / Math.max(columns.length, 1);
  const low = format(scale.low);
  const high = `${format(scale.high)}${scale.isLog ? ' (log)' : ''}`;
  const scaleLeft = left + widthOf([low]) + 12;
  return sheet({ title, width: left + mapWidth + sheetMargin, height: bottom + 68, look }, [
    box(left, sheetTop, mapWidth, rows.length * rowHeight, look.color('--surface-2')),
    '<g shape-rendering="crispEdges">',
    ...rows.flatMap(({ values }, row) =>
      values.map((value, column) =>
        value === null
          ? ''
          : box(left + column * cell, sheetTop + row * rowHeight, cell, rowHeight, cssColorAt(scale.share(value))),
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
      label(left - 12, sheetTop + (index + 0.5) * rowHeight, row.label, { anchor: 'end', fill: text }),
    ),
    label(left, bottom + 16, columns[0] ?? '', { fill: text }),
    columns.length > 1 ? label(left + mapWidth, bottom + 16, columns.at(-1) ?? '', { anchor: 'end', fill: text }) : '',
    label(left, bottom + 43, low, { fill: text }),
    label(scaleLeft + scaleWidth + 12, bottom + 43, high, { fill: text }),
  ]);
}

import type { CurvesDrawing } from './curvesOption';

/** Of many curves only so many fit beside the pointer. */
const mostRows = 12;

interface Row {
  readonly seriesId?: unknown;
  readonly value?: unknown;
}

/** The values at the pointer, highest first, as the curves lie. Built of text, without markup from names. */
export function tooltip(
  rows: unknown,
  { lines, formatX, formatY }: CurvesDrawing,
  color: (property: string) => string,
): HTMLElement {
  const at = (Array.isArray(rows) ? rows : [rows]) as Row[];
  const values = at
    .flatMap(({ seriesId, value }) => {
      const line = lines.find((candidate) => candidate.id === seriesId);
      const [x, y] = Array.isArray(value) ? value : [];
      return line === undefined || line.isFaint || typeof x !== 'number' || typeof y !== 'number'
        ? []
        : [{ line, x, y }];
    })
    .sort((a, b) => b.y - a.y);

  const box = document.createElement('div');
  box.className = 'chart-tooltip-box';
  const title = document.createElement('strong');
  title.textContent = values[0] === undefined ? '' : formatX(values[0].x);
  box.append(title);
  for (const { line, y } of values.slice(0, mostRows)) {
    const row = document.createElement('div');
    const swatch = document.createElement('i');
    swatch.style.background = color(line.style.color);
    const name = document.createElement('span');
    name.textContent = line.name;
    const value = document.createElement('b');
    value.textContent = formatY(y);
    row.append(swatch, name, value);
    box.append(row);
  }
  if (values.length > mostRows) {
    const rest = document.createElement('div');
    rest.textContent = `+ ${values.length - mostRows}`;
    box.append(rest);
  }
  return box;
}

import { type PointerEvent, type Ref, useId, useMemo, useState } from 'react';
import { cssColorAt, heatScale } from './colormap';
import { useWidth } from './useWidth';
import './charts.css';

interface HeatMapProps {
  ref?: Ref<SVGSVGElement>;
  label: string;
  rows: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  /** Names of the columns. */
  columns: readonly string[];
  format: (value: number) => string;
  /** Fixed ends of the scale. */
  range?: readonly [number, number] | undefined;
  /** Shown while the pointer is elsewhere. */
  hint: string;
  none: string;
}

const rowHeight = 22;
const letterWidth = 7.3;
const scaleWidth = 220;
const scaleSteps = 9;

/** A heat map of rows by columns, with its scale. */
export function HeatMap({ ref, label, rows, columns, format, range, hint, none }: HeatMapProps) {
  const id = useId();
  const [host, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<readonly [row: number, column: number] | null>(null);
  const scale = useMemo(
    () =>
      heatScale(
        rows.flatMap((row) => row.values),
        range,
      ),
    [rows, range],
  );
  const letters = Math.min(Math.max(...rows.map((row) => row.label.length)), Math.floor((width * 0.35) / letterWidth));
  const left = letters * letterWidth + 12;
  const bottom = rows.length * rowHeight;
  const cell = Math.max(width - left, 0) / Math.max(columns.length, 1);
  const cells = useMemo(
    () =>
      rows.flatMap((row, y) =>
        row.values.map((value, x) => (
          <rect
            key={`${row.label} ${columns[x]}`}
            x={left + x * cell}
            y={y * rowHeight}
            width={cell}
            height={rowHeight}
            fill={value === null ? 'var(--surface-2)' : cssColorAt(scale.share(value))}
          />
        )),
      ),
    [rows, columns, left, cell, scale],
  );
  const point = (event: PointerEvent<SVGGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (at: number, size: number, count: number) => Math.min(Math.floor((at / size) * count), count - 1);
    setPointed([
      place(event.clientY - box.top, box.height, rows.length),
      place(event.clientX - box.left, box.width, columns.length),
    ]);
  };
  const [row, column] = pointed === null ? [] : [rows[pointed[0]], pointed[1]];
  const value = column === undefined ? undefined : row?.values[column];
  const scaleLeft = left + format(scale.low).length * letterWidth + 12;

  return (
    <div ref={host}>
      {width > 0 && (
        <svg ref={ref} className="heat" width={width} height={bottom + 56} role="img" aria-label={label}>
          <g shapeRendering="crispEdges" onPointerMove={point} onPointerLeave={() => setPointed(null)}>
            {cells}
          </g>
          {rows.map((one, index) => (
            <text key={one.label} className="mono" x={left - 12} y={(index + 0.5) * rowHeight} textAnchor="end">
              {one.label.length > letters ? `${one.label.slice(0, letters - 1)}…` : one.label}
            </text>
          ))}
          <text x={left} y={bottom + 14}>
            {columns[0]}
          </text>
          {columns.length > 1 && (
            <text x={width} y={bottom + 14} textAnchor="end">
              {columns.at(-1)}
            </text>
          )}
          <linearGradient id={id}>
            {Array.from({ length: scaleSteps }, (_, step) => step / (scaleSteps - 1)).map((share) => (
              <stop key={share} offset={share} stopColor={cssColorAt(share)} />
            ))}
          </linearGradient>
          <text x={left} y={bottom + 42}>
            {format(scale.low)}
          </text>
          <rect x={scaleLeft} y={bottom + 37} width={scaleWidth} height={10} rx={2} fill={`url(#${id})`} />
          <text x={scaleLeft + scaleWidth + 12} y={bottom + 42}>
            {format(scale.high)}
            {scale.isLog && ' (log)'}
          </text>
        </svg>
      )}
      <p className="muted">
        {row === undefined || column === undefined
          ? hint
          : `${row.label}, ${columns[column]}: ${value == null ? none : format(value)}`}
      </p>
    </div>
  );
}

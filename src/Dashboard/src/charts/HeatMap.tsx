import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { colorAt, gradient, heatScale } from './colormap';
import './charts.css';

export interface HeatMapProps {
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

/** A heat map of rows by columns, drawn as one pixel per cell and stretched. */
export function HeatMap({ label, rows, columns, format, range, hint, none }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<readonly [row: number, column: number] | null>(null);
  const scale = useMemo(
    () =>
      heatScale(
        rows.flatMap((row) => row.values),
        range,
      ),
    [rows, range],
  );

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null || columns.length === 0) {
      return;
    }
    const image = context.createImageData(columns.length, rows.length);
    rows.forEach((row, y) => {
      row.values.forEach((value, x) => {
        if (value !== null) {
          image.data.set([...colorAt(scale.share(value)), 255], (y * columns.length + x) * 4);
        }
      });
    });
    context.putImageData(image, 0, 0);
  }, [rows, columns, scale]);

  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (at: number, size: number, count: number) => Math.min(Math.floor((at / size) * count), count - 1);
    setPointed([
      place(event.clientY - box.top, box.height, rows.length),
      place(event.clientX - box.left, box.width, columns.length),
    ]);
  };
  const row = pointed === null ? undefined : rows[pointed[0]];
  const value = pointed === null ? undefined : row?.values[pointed[1]];

  return (
    <div className="heat">
      <ul className="heat-labels" aria-hidden="true">
        {rows.map((one) => (
          <li key={one.label}>{one.label}</li>
        ))}
      </ul>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="heat-canvas"
        width={Math.max(columns.length, 1)}
        height={Math.max(rows.length, 1)}
        style={{ height: rows.length * 22 }}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      />
      <p className="row spread muted" aria-hidden="true">
        <span>{columns[0]}</span>
        {columns.length > 1 && <span>{columns.at(-1)}</span>}
      </p>
      <p className="heat-scale row muted">
        <span>{format(scale.low)}</span>
        <i style={{ background: gradient() }} />
        <span>
          {format(scale.high)}
          {scale.isLog && ' (log)'}
        </span>
      </p>
      <p className="muted">
        {row === undefined || pointed === null
          ? hint
          : `${row.label}, ${columns[pointed[1]]}: ${value == null ? none : format(value)}`}
      </p>
    </div>
  );
}

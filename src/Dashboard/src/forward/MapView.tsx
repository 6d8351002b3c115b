import { type KeyboardEvent, type MouseEvent, useMemo } from 'react';
import { classes } from '../design/classes';
import { PixelCanvas } from './PixelCanvas';
import { type Picture, pixelsOf } from './pictures';

/** Cells from a row and column on, which may lie outside of the map. */
export interface Frame {
  readonly row: number;
  readonly column: number;
  readonly size: number;
}

interface MapViewProps {
  picture: Picture;
  label: string;
  /** Largest side in pixels. */
  most: number;
  /** A window to mark. */
  frame?: Frame | undefined;
  /** A cell to mark, and where the keys start. */
  picked?: readonly [row: number, column: number] | undefined;
  onPick?: ((row: number, column: number) => void) | undefined;
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** A map in colours. Where its cells can be picked, the pointer and the arrow keys do. */
export function MapView({ picture, label, most, frame, picked, onPick }: MapViewProps) {
  const { rows, columns, count } = picture;
  const pixels = useMemo(() => pixelsOf(picture), [picture]);
  const side = Math.min(most / Math.max(rows, columns), 28);
  const size = { width: Math.round(columns * side), height: Math.round(rows * side) };
  const pick = (row: number, column: number) => {
    const at = [Math.min(Math.max(row, 0), rows - 1), Math.min(Math.max(column, 0), columns - 1)] as const;
    if (at[0] * columns + at[1] < count) {
      onPick?.(...at);
    }
  };
  const click = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    pick(
      Math.floor(((event.clientY - box.top) / box.height) * rows),
      Math.floor(((event.clientX - box.left) / box.width) * columns),
    );
  };
  const move = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (arrow !== undefined) {
      event.preventDefault();
      pick((picked?.[0] ?? 0) + arrow[0], (picked?.[1] ?? 0) + arrow[1]);
    }
  };
  const marks = (
    <svg className="forward-marks" viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true">
      {frame !== undefined && <rect x={frame.column} y={frame.row} width={frame.size} height={frame.size} />}
      {picked !== undefined && <rect className="is-picked" x={picked[1]} y={picked[0]} width={1} height={1} />}
    </svg>
  );
  return onPick === undefined ? (
    <div className="forward-map" style={size} role="img" aria-label={label}>
      <PixelCanvas rows={rows} columns={columns} pixels={pixels} />
      {marks}
    </div>
  ) : (
    <div
      className={classes('forward-map', 'is-open')}
      style={size}
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its cells are picked by keys.
      tabIndex={0}
      onClick={click}
      onKeyDown={move}
    >
      <PixelCanvas rows={rows} columns={columns} pixels={pixels} />
      {marks}
    </div>
  );
}

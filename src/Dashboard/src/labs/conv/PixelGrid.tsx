import type { KeyboardEvent } from 'react';
import { classes } from '../../design/classes';

interface PixelGridProps {
  label: string;
  rows: number;
  columns: number;
  /** Value of a cell; null: zero padding. */
  value: (row: number, column: number) => number | null;
  /** The largest magnitude, which has the strongest colour. */
  scale: number;
  isMarked?: (row: number, column: number) => boolean;
  /** Cells that are not computed yet. */
  isHidden?: (row: number, column: number) => boolean;
  onPick?: (row: number, column: number) => void;
  /** The picked cell, for the keys. */
  picked?: readonly [row: number, column: number];
  /** Largest side in pixels. */
  most?: number;
}

/** Numbers as a grid of colours, with their digits where there is room. */
export function PixelGrid({
  label,
  rows,
  columns,
  value,
  scale,
  isMarked,
  isHidden,
  onPick,
  picked,
  most = 336,
}: PixelGridProps) {
  const side = Math.max(5, Math.min(42, Math.floor(most / Math.max(rows, columns))));
  const move = (event: KeyboardEvent) => {
    const [down, right] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
      event.key
    ] ?? [0, 0];
    if (picked !== undefined && (down !== 0 || right !== 0)) {
      event.preventDefault();
      const clamp = (at: number, count: number) => Math.min(Math.max(at, 0), count - 1);
      onPick?.(clamp(picked[0] + (down ?? 0), rows), clamp(picked[1] + (right ?? 0), columns));
    }
  };
  const cells = Array.from(
    { length: rows * columns },
    (_, index) => [Math.floor(index / columns), index % columns] as const,
  );
  return (
    <svg
      className={classes('pixels', onPick !== undefined && 'is-picked')}
      width={columns * side + 2}
      height={rows * side + 2}
      role={onPick === undefined ? 'img' : 'application'}
      aria-label={label}
      tabIndex={onPick === undefined ? undefined : 0}
      onKeyDown={onPick === undefined ? undefined : move}
    >
      <g transform="translate(1 1)">
        {cells.map(([row, column]) => {
          const known = value(row, column);
          const hidden = isHidden?.(row, column) === true;
          const share = known === null || scale === 0 ? 0 : Math.min(Math.abs(known) / scale, 1);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the grid takes the keys.
            <g
              key={row * columns + column}
              className={classes(
                'pixel',
                known === null && 'is-padding',
                isMarked?.(row, column) === true && 'is-marked',
                known !== null && known < 0 && 'is-negative',
              )}
              transform={`translate(${column * side} ${row * side})`}
              onClick={onPick === undefined ? undefined : () => onPick(row, column)}
            >
              <rect width={side} height={side} fillOpacity={hidden ? 0 : share * 0.5} />
              {side >= 21 && !hidden && (
                <text x={side / 2} y={side / 2} fontSize={Math.min(13, side * 0.42)}>
                  {known === null ? 0 : Number(known.toPrecision(3))}
                </text>
              )}
            </g>
          );
        })}
      </g>
    </svg>
  );
}

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { text } from '../../text/text';
import { formatTick, formatValue } from '../format';
import type { Range } from './brush';
import type { Scale } from './scale';
import type { Variable } from './variables';

const t = text.compare.parallel;

interface ParallelAxisProps {
  variable: Variable;
  scale: Scale;
  x: number;
  /** Distance to the next axis. */
  gap: number;
  top: number;
  bottom: number;
  isLast: boolean;
  range: Range;
  onChange: (range: Range) => void;
  onCommit: (range: Range) => void;
}

/** An axis with a range: drag along it for a new range, or move a handle with the pointer or the arrow keys. */
export function ParallelAxis({
  variable,
  scale,
  x,
  gap,
  top,
  bottom,
  isLast,
  range,
  onChange,
  onCommit,
}: ParallelAxisProps) {
  const drag = useRef<{ anchor: number; from: number } | null>(null);
  const yOf = (share: number) => bottom - share * (bottom - top);
  const shareAt = ({ currentTarget, clientY }: PointerEvent<SVGElement>) => {
    const box = (currentTarget.ownerSVGElement ?? currentTarget).getBoundingClientRect();
    return Math.min(Math.max((bottom - (clientY - box.top)) / (bottom - top), 0), 1);
  };
  const start = (anchor: (at: number) => number) => (event: PointerEvent<SVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = shareAt(event);
    drag.current = { anchor: anchor(at), from: at };
  };
  const move = (event: PointerEvent<SVGElement>) => {
    if (drag.current !== null) {
      onChange(ordered(drag.current.anchor, shareAt(event)));
    }
  };
  // A click without a move clears the range.
  const end = (event: PointerEvent<SVGElement>) => {
    if (drag.current !== null) {
      const at = shareAt(event);
      const isClick = Math.abs(at - drag.current.from) < 0.01 && drag.current.anchor === drag.current.from;
      onCommit(isClick ? [0, 1] : ordered(drag.current.anchor, at));
      drag.current = null;
    }
  };
  const dragging = { onPointerMove: move, onPointerUp: end, onPointerCancel: end };
  const [low, high] = range;
  const isBrushed = low > 0 || high < 1;
  const steps = variable.kind === 'category' ? Math.max(variable.categories.length - 1, 1) : 20;
  const side = isLast ? 1 : -1;

  const handle = (which: 'low' | 'high') => {
    const share = which === 'low' ? low : high;
    const move = (next: number): Range =>
      which === 'low' ? [Math.min(Math.max(next, 0), high), high] : [low, Math.max(Math.min(next, 1), low)];
    const keys: Record<string, number> = {
      ArrowUp: share + 1 / steps,
      ArrowRight: share + 1 / steps,
      ArrowDown: share - 1 / steps,
      ArrowLeft: share - 1 / steps,
      PageUp: share + 0.25,
      PageDown: share - 0.25,
      Home: 0,
      End: 1,
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const next = keys[event.key];
      if (next !== undefined) {
        event.preventDefault();
        onCommit(move(next));
      }
    };
    const y = yOf(share);
    return (
      <g
        role="slider"
        data-control
        tabIndex={0}
        className="parallel-handle"
        aria-label={which === 'low' ? t.from(variable.label) : t.to(variable.label)}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={formatValue(variable, scale.at(share))}
        onKeyDown={onKeyDown}
        onPointerDown={start(() => (which === 'low' ? high : low))}
        {...dragging}
      >
        <rect x={x - 16} y={which === 'low' ? y - 4 : y - 14} width={32} height={18} fill="transparent" />
        <path d={which === 'low' ? `M${x - 7} ${y + 8}h14l-7 -8z` : `M${x - 7} ${y - 8}h14l-7 8z`} />
      </g>
    );
  };

  return (
    <g>
      <text x={x} y={16} textAnchor="middle" className="plot-title">
        {shortened(variable.label, gap - 8)}
        <title>{variable.label}</title>
      </text>
      <line className="plot-axis" x1={x} x2={x} y1={top} y2={bottom} />
      {scale.ticks.map(({ share, value }) => (
        <g key={value}>
          <line className="plot-axis" x1={x} x2={x + 5 * side} y1={yOf(share)} y2={yOf(share)} />
          <text
            x={x + 9 * side}
            y={yOf(share)}
            textAnchor={isLast ? 'start' : 'end'}
            dominantBaseline="central"
            className="plot-tick"
          >
            {shortened(formatTick(variable, value), maximumTickWidth)}
          </text>
        </g>
      ))}
      {isBrushed && (
        <rect
          className="parallel-range"
          x={x - 7}
          width={14}
          y={yOf(high)}
          height={Math.max(yOf(low) - yOf(high), 2)}
        />
      )}
      <rect
        data-control
        className="parallel-grip"
        x={x - 16}
        width={32}
        y={top}
        height={bottom - top}
        fill="transparent"
        onPointerDown={start((at) => at)}
        {...dragging}
      />
      {handle('high')}
      {handle('low')}
    </g>
  );
}

const ordered = (a: number, b: number): Range => (a < b ? [a, b] : [b, a]);

/** Approximate width of a character at 12 px. */
const letterWidth = 7.2;
const maximumTickWidth = 130;

const shortened = (label: string, width: number): string => {
  const letters = Math.floor(width / letterWidth);
  return label.length > letters ? `${label.slice(0, Math.max(letters - 1, 1)).trimEnd()}…` : label;
};

/** Width of the tick labels of an axis in pixels. */
export const widestTick = (axis: Pick<ParallelAxisProps, 'variable' | 'scale'> | undefined): number =>
  axis === undefined
    ? 0
    : Math.max(
        0,
        ...axis.scale.ticks.map(({ value }) =>
          Math.min(formatTick(axis.variable, value).length * letterWidth, maximumTickWidth),
        ),
      );

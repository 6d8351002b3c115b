import { type PointerEvent, type Ref, useMemo, useState } from 'react';
import type { DecisionFilm } from '../../api/types';
import { classColor } from '../../charts/colormap';
import { steps } from '../../charts/range';
import { useWidth } from '../../charts/useWidth';
import { tick, wholePercent } from '../../text/format';
import { text } from '../../text/text';
import { fieldOf, type Guess, guessAt, positionOf } from './paint';
import '../frames/frames.css';

interface BoundaryPlotProps {
  ref?: Ref<SVGSVGElement>;
  frame: DecisionFilm['frames'][number];
  points: DecisionFilm['points'];
  /** Largest side in pixels. */
  maximum?: number;
  /** A hidden unit to show instead of the prediction. */
  unit?: ShownUnit | null;
}

/** A hidden unit: its name and the URL of its image. */
export interface ShownUnit {
  readonly name: string;
  readonly field: string;
}

/** Room of the axes. */
const left = 34;
const bottom = 22;
const top = 6;
const right = 8;
const rowHeight = 20;
/** Room of a class in the legend. */
const legendWidth = 74;

/** One frame: the predicted class over the input plane, with the samples. Training samples are dots, validation samples squares. */
export function BoundaryPlot({ ref, frame: { frame, epoch }, points, maximum = 560, unit = null }: BoundaryPlotProps) {
  const [host, width] = useWidth<HTMLDivElement>();
  const [guess, setGuess] = useState<Guess | null>(null);
  const field = useMemo(() => fieldOf(frame), [frame]);
  const side = Math.max(Math.min(width - left - right, maximum), 0);
  const across = Math.max(Math.floor(side / legendWidth), 1);
  const radius = side < 400 ? 3 : 4;
  const height = top + side + bottom + Math.ceil(frame.classes / across) * rowHeight;
  const point = (event: PointerEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setGuess(guessAt(frame, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  const xOf = (x: number) => ((x - frame.xMin) / (frame.xMax - frame.xMin)) * side;
  const yOf = (y: number) => (1 - (y - frame.yMin) / (frame.yMax - frame.yMin)) * side;
  return (
    <div ref={host}>
      {side > 0 && (
        <svg
          ref={ref}
          className="boundary"
          width={left + side + right}
          height={height}
          viewBox={`0 0 ${left + side + right} ${height}`}
          role="img"
          aria-label={
            unit === null ? text.boundary.label(epoch, frame.classes) : text.boundary.unitLabel(unit.name, epoch)
          }
        >
          <g transform={`translate(${left} ${top})`}>
            <image
              href={unit?.field ?? field}
              width={side}
              height={side}
              preserveAspectRatio="none"
              onPointerMove={point}
              onPointerLeave={() => setGuess(null)}
            />
            {points.map((one) => {
              const [x, y] = positionOf(frame, one).map((share) => Number((share * side).toFixed(1))) as [
                number,
                number,
              ];
              const look = {
                fill: classColor(one.label),
                stroke: '#ffffff',
                strokeWidth: 1.2,
                pointerEvents: 'none' as const,
              };
              return one.split === 'train' ? (
                <circle key={`${one.x} ${one.y}`} {...look} cx={x} cy={y} r={radius} />
              ) : (
                <rect
                  key={`${one.x} ${one.y}`}
                  {...look}
                  x={x - radius}
                  y={y - radius}
                  width={2 * radius}
                  height={2 * radius}
                />
              );
            })}
            <g className="boundary-ticks">
              {steps(frame.xMin, frame.xMax).map((x) => (
                <text key={x} x={xOf(x)} y={side + 12} textAnchor="middle">
                  {tick(x)}
                </text>
              ))}
              {steps(frame.yMin, frame.yMax).map((y) => (
                <text key={y} x={-6} y={yOf(y)} textAnchor="end">
                  {tick(y)}
                </text>
              ))}
            </g>
            {Array.from({ length: frame.classes }, (_, label) => (
              <g
                // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index.
                key={label}
                transform={`translate(${(label % across) * legendWidth} ${side + bottom + 10 + Math.floor(label / across) * rowHeight})`}
              >
                <circle cx="5" r="5" fill={classColor(label)} />
                <text x="15">{text.boundary.class(label)}</text>
              </g>
            ))}
          </g>
        </svg>
      )}
      <p className="card-note boundary-guess">
        {unit !== null
          ? text.boundary.unitNote(unit.name)
          : guess === null
            ? text.boundary.note
            : text.boundary.guess(
                guess.x.toFixed(2),
                guess.y.toFixed(2),
                text.boundary.class(guess.label),
                wholePercent(guess.confidence),
              )}
      </p>
    </div>
  );
}

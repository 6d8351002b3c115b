import type { ReactNode, Ref } from 'react';
import './charts.css';

/** A tick at a position of an axis, from 0 to 1. */
export interface PlotTick {
  readonly share: number;
  readonly label: string;
}

export interface PlotAxis {
  readonly ticks: readonly PlotTick[];
  readonly title?: string | undefined;
  /** Whether its ticks have lines across the plot, instead of marks. */
  readonly hasGrid?: boolean;
}

interface Margin {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The size of a plot, and the places of values in it. */
export interface PlotPlace {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (share: number) => number;
  readonly y: (share: number) => number;
}

/** `inset` keeps marks at the ends of an axis off the frame, as a share of the axis. */
export function plotPlace(width: number, height: number, margin: Margin, inset = 0): PlotPlace {
  const [left, right, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
  const inside = (share: number) => inset + (1 - 2 * inset) * share;
  return {
    ...{ width, height, left, right, top, bottom },
    x: (share) => left + inside(share) * (right - left),
    y: (share) => bottom - inside(share) * (bottom - top),
  };
}

/** Half the width of a letter of a tick. */
const halfLetter = 3.3;

/** The middle of a tick's label, moved so that the label does not leave the drawing. */
const within = (x: number, label: string, width: number): number => {
  const half = halfLetter * label.length;
  return Math.max(half, Math.min(x, width - half));
};

interface PlotFrameProps {
  ref?: Ref<SVGSVGElement>;
  label: string;
  place: PlotPlace;
  /** Where it is in a drawing of several plots. */
  at?: { readonly x: number; readonly y: number };
  x: PlotAxis;
  /** Missing where the rows of the plot have names of their own. */
  y?: PlotAxis;
  children: ReactNode;
}

/** The frame of a plot: the ticks, lines and titles of its axes, around what is drawn in it. */
export function PlotFrame({ ref, label, place, at, x, y, children }: PlotFrameProps) {
  const { width, height, left, right, top, bottom } = place;
  return (
    <svg ref={ref} {...at} className="plot" width={width} height={height} role="img" aria-label={label}>
      {y?.ticks.map(({ share, label: name }) => (
        <g key={name}>
          {y.hasGrid !== false && (
            <line className="plot-grid" x1={left} x2={right} y1={place.y(share)} y2={place.y(share)} />
          )}
          <text className="plot-tick" x={left - 8} y={place.y(share)} textAnchor="end" dominantBaseline="central">
            {name}
          </text>
        </g>
      ))}
      {x.ticks.map(({ share, label: name }) => (
        <g key={name}>
          {x.hasGrid === true ? (
            <line className="plot-grid" x1={place.x(share)} x2={place.x(share)} y1={top} y2={bottom} />
          ) : (
            <line className="plot-axis" x1={place.x(share)} x2={place.x(share)} y1={bottom} y2={bottom + 5} />
          )}
          <text className="plot-tick" x={within(place.x(share), name, width)} y={bottom + 16} textAnchor="middle">
            {name}
          </text>
        </g>
      ))}
      <line className="plot-axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      {x.title !== undefined && (
        <text className="plot-title" x={(left + right) / 2} y={height - 6} textAnchor="middle">
          {x.title}
        </text>
      )}
      {y?.title !== undefined && (
        <text className="plot-title" textAnchor="middle" transform={`translate(14 ${(top + bottom) / 2}) rotate(-90)`}>
          {y.title}
        </text>
      )}
      {children}
    </svg>
  );
}

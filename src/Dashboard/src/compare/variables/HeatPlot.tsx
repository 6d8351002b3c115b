import type { Ref } from 'react';
import { text } from '../../text/text';
import type { MetricGoal } from '../comparison';
import type { Cell, Grid } from './grid';

const t = text.compare.heat;
const cellHeight = 44;
const minimumWidth = 84;
const margin = { left: 120, top: 46, right: 8, bottom: 8 };
/** Maximum share of the accent colour, for the contrast of the text on it. */
const strongest = 50;

interface HeatPlotProps {
  ref: Ref<SVGSVGElement>;
  grid: Grid;
  width: number;
  label: string;
  columnTitle: string;
  rowTitle: string;
  goal: MetricGoal | null;
  valueIn: (cell: Cell) => string;
}

/** Cells with their values; better values have a stronger colour. */
export function HeatPlot({ ref, grid, width, label, columnTitle, rowTitle, goal, valueIn }: HeatPlotProps) {
  const { columns, rows, cells } = grid;
  const cellWidth = Math.max(minimumWidth, (width - margin.left - margin.right) / Math.max(columns.length, 1));
  const means = cells.flat().flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const strength = (mean: number) => {
    const share = high > low ? (mean - low) / (high - low) : 1;
    return 6 + (strongest - 6) * (goal === 'minimize' ? 1 - share : share);
  };
  return (
    <svg
      ref={ref}
      className="plot"
      width={margin.left + margin.right + cellWidth * columns.length}
      height={margin.top + margin.bottom + cellHeight * rows.length}
      role="img"
      aria-label={label}
    >
      <text className="plot-title" x={margin.left + cellWidth * columns.length} y={14} textAnchor="end">
        {columnTitle} →
      </text>
      <text className="plot-title" x={0} y={14}>
        {rowTitle} ↓
      </text>
      {columns.map((name, column) => (
        <text
          key={name}
          className="plot-tick"
          x={margin.left + (column + 0.5) * cellWidth}
          y={margin.top - 12}
          textAnchor="middle"
        >
          {shortened(name, Math.floor(cellWidth / 7))}
        </text>
      ))}
      {rows.map((name, row) => (
        <g key={name} transform={`translate(0 ${margin.top + row * cellHeight})`}>
          <text
            className="plot-tick"
            x={margin.left - 10}
            y={cellHeight / 2}
            textAnchor="end"
            dominantBaseline="central"
          >
            {shortened(name, 16)}
          </text>
          {cells[row]?.map((cell, column) => (
            <g key={columns[column]} transform={`translate(${margin.left + column * cellWidth} 0)`}>
              <rect
                x={1}
                y={1}
                width={cellWidth - 2}
                height={cellHeight - 2}
                rx={4}
                className={cell.mean === null ? 'heat-none' : 'heat-cell'}
                style={
                  cell.mean === null
                    ? undefined
                    : { fill: `color-mix(in srgb, var(--accent) ${strength(cell.mean).toFixed(1)}%, var(--surface))` }
                }
              >
                <title>{t.cell(name, columns[column] ?? '', valueIn(cell), cell.runs.length)}</title>
              </rect>
              {cell.mean !== null && (
                <>
                  <text className="heat-value" x={cellWidth / 2} y={cellHeight / 2 - 3} textAnchor="middle">
                    {valueIn(cell)}
                  </text>
                  <text className="heat-count" x={cellWidth / 2} y={cellHeight / 2 + 13} textAnchor="middle">
                    {t.runs(cell.runs.length)}
                  </text>
                </>
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

const shortened = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

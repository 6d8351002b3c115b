import { useMemo, useRef } from 'react';
import { cssColorAt } from '../charts/colormap';
import { PlotFrame, plotPlace } from '../charts/PlotFrame';
import { useWidth } from '../charts/useWidth';
import { ChartCard, NumbersTable, useCardView } from '../compare/ChartCard';
import { formatValue, ticksOf } from '../compare/format';
import { HeatCard } from '../compare/variables/HeatCard';
import { useSettingPair } from '../compare/variables/useSettingPair';
import type { Variable } from '../compare/variables/variables';
import { text } from '../text/text';
import { pointsOf, rangeOf, valueNear } from './surface';
import type { StudyDetail } from './useStudies';

const t = text.studies.surface;
const height = 340;
const margin = { left: 84, right: 16, top: 12, bottom: 44 };
const columns = 60;
const rows = 36;
const leastTrials = 3;
/** With fewer values, an axis has a cell for each. */
const leastValues = 6;

interface SurfaceCardProps {
  goal: StudyDetail['goal'];
  runs: readonly { readonly id: string; readonly name: string }[];
  settings: readonly Variable[];
  value: Variable;
  /** Trials within the ranges of the parallel coordinates. */
  inside: ReadonlySet<string>;
}

/** The metric over two parameters: a surface between the trials of two ranges; for lists, a cell for each pair of values. */
export function SurfaceCard({ goal, runs, settings, value, inside }: SurfaceCardProps) {
  const [shown, show] = useCardView('heat');
  const pair = useSettingPair(settings);
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const { column, row } = pair ?? {};
  const surface = useMemo(() => {
    if (column === undefined || row === undefined) {
      return null;
    }
    const ids = runs.map(({ id }) => id);
    const { scales, points } = pointsOf(ids, column, row, value);
    const [low, high] = rangeOf(points, goal);
    const color = (one: number) => {
      const share = high > low ? (one - low) / (high - low) : 0.5;
      return cssColorAt(goal === 'minimize' ? 1 - share : share);
    };
    const cells = Array.from({ length: columns * rows }, (_, index) => {
      const [x, y] = [index % columns, Math.floor(index / columns)];
      const here = valueNear(points, (x + 0.5) / columns, (y + 0.5) / rows);
      return here === null ? null : { x, y, color: color(here) };
    }).filter((cell) => cell !== null);
    return { scales, points, cells, color, ends: goal === 'minimize' ? [high, low] : [low, high] };
  }, [runs, column, row, value, goal]);

  const isSmooth = (one: Variable | undefined) => one?.kind === 'number' && one.distinct >= leastValues;
  if (
    pair === null ||
    surface === null ||
    column === undefined ||
    row === undefined ||
    !isSmooth(column) ||
    !isSmooth(row)
  ) {
    return <HeatCard comparison={{ runs }} settings={settings} results={[value]} />;
  }
  const { scales, points, cells, color, ends } = surface;
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const place = plotPlace(width, height, margin);
  const [cellWidth, cellHeight] = [(place.right - place.left) / columns, (place.bottom - place.top) / rows];
  const label = text.compare.heat.describe(value.label, column.label, row.label);
  return (
    <ChartCard
      title={t.title}
      view={shown}
      onView={show}
      svg={svg}
      note={t.note}
      tools={
        <>
          {pair.picks}
          <Scale low={formatValue(value, ends[0] ?? 0)} high={formatValue(value, ends[1] ?? 0)} />
        </>
      }
    >
      {points.length < leastTrials ? (
        <p className="chart-empty">{t.empty}</p>
      ) : shown === 'table' ? (
        <NumbersTable
          label={label}
          columns={[t.trial, column.label, row.label, value.label]}
          rows={points.map(({ id, value: reached }) => ({
            key: id,
            cells: [
              names.get(id),
              formatValue(column, column.valueOf(id)),
              formatValue(row, row.valueOf(id)),
              formatValue(value, reached),
            ],
          }))}
        />
      ) : (
        <div ref={host}>
          {width > 0 && (
            <PlotFrame
              ref={svg}
              label={label}
              place={place}
              x={{ ticks: ticksOf(column, scales.x), title: column.label }}
              y={{ ticks: ticksOf(row, scales.y), title: row.label, hasGrid: false }}
            >
              <g shapeRendering="crispEdges">
                {cells.map((cell) => (
                  <rect
                    key={`${cell.x} ${cell.y}`}
                    x={place.left + cell.x * cellWidth}
                    y={place.bottom - (cell.y + 1) * cellHeight}
                    width={cellWidth}
                    height={cellHeight}
                    fill={cell.color}
                  />
                ))}
              </g>
              {points.map(({ id, x, y, value: reached }) => (
                <circle
                  key={id}
                  className={inside.has(id) ? 'surface-trial' : 'surface-trial scatter-outside'}
                  cx={place.x(x)}
                  cy={place.y(y)}
                  r={4.5}
                  fill={color(reached)}
                >
                  <title>{`${names.get(id)}: ${formatValue(value, reached)}`}</title>
                </circle>
              ))}
            </PlotFrame>
          )}
        </div>
      )}
    </ChartCard>
  );
}

/** The colours of the surface, from worse to better. */
const Scale = ({ low, high }: { low: string; high: string }) => (
  <span className="surface-scale row muted">
    {low}
    <i
      aria-hidden="true"
      style={{
        background: `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(cssColorAt).join(', ')})`,
      }}
    />
    {high}
  </span>
);

import { useMemo, useRef } from 'react';
import { useWidth } from '../../charts/useWidth';
import { useParam } from '../../navigation/navigation';
import { text } from '../../text/text';
import { ChartCard, NumbersTable, Pick, useCardView } from '../ChartCard';
import { mainMetric } from '../comparison';
import { formatTick, formatValue } from '../format';
import { type LineStyle, markerPath } from '../lineStyle';
import { scaleOf } from './scale';
import { type Variable, variableById } from './variables';

const t = text.compare.scatter;
const height = 300;
const margin = { left: 76, right: 24, top: 16, bottom: 44 };

interface ScatterCardProps {
  comparison: { readonly runs: readonly { readonly id: string; readonly name: string }[] };
  settings: readonly Variable[];
  results: readonly Variable[];
  styles: ReadonlyMap<string, LineStyle>;
  /** Runs within the ranges of the parallel coordinates; the others are translucent. */
  inside: ReadonlySet<string>;
}

/** A scatter plot of a result over a setting or another result. */
export function ScatterCard({ comparison, settings, results, styles, inside }: ScatterCardProps) {
  const [shown, show] = useCardView('scatter');
  const [xId, setX] = useParam('sx');
  const [yId, setY] = useParam('sy');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const all = useMemo(() => [...settings, ...results], [settings, results]);
  const x = variableById(all, xId, settings[0]?.id ?? 'elapsed');
  const y = variableById(results, yId, `best:${mainMetric}`);
  if (x === undefined || y === undefined) {
    return null;
  }
  const ids = comparison.runs.map(({ id }) => id);
  const scales = { x: scaleOf(x, ids), y: scaleOf(y, ids) };
  const left = (share: number) => margin.left + (0.03 + 0.94 * share) * (width - margin.left - margin.right);
  const top = (share: number) => height - margin.bottom - (0.04 + 0.92 * share) * (height - margin.top - margin.bottom);
  const points = comparison.runs.flatMap((run) => {
    const [across, up] = [scales.x.share(x.valueOf(run.id)), scales.y.share(y.valueOf(run.id))];
    const style = styles.get(run.id);
    return across === null || up === null || style === undefined
      ? []
      : [{ run, style, left: left(across), top: top(up) }];
  });

  return (
    <ChartCard
      title={t.title}
      view={shown}
      onView={show}
      svg={svg}
      tools={
        <>
          <Pick label={t.horizontal} value={x.id} options={all} onChange={setX} />
          <Pick label={t.vertical} value={y.id} options={results} onChange={setY} />
        </>
      }
    >
      {points.length === 0 ? (
        <p className="chart-empty">{t.empty}</p>
      ) : shown === 'table' ? (
        <NumbersTable
          label={t.describe(y.label, x.label, points.length)}
          columns={[text.compare.table.run, x.label, y.label]}
          rows={points.map(({ run: { id, name } }) => ({
            key: id,
            cells: [name, formatValue(x, x.valueOf(id)), formatValue(y, y.valueOf(id))],
          }))}
        />
      ) : (
        <div ref={host}>
          {width > 0 && (
            <svg
              ref={svg}
              className="plot"
              width={width}
              height={height}
              role="img"
              aria-label={t.describe(y.label, x.label, points.length)}
            >
              {scales.y.ticks.map(({ share, value }) => (
                <g key={value}>
                  <line
                    className="plot-grid"
                    x1={margin.left}
                    x2={width - margin.right}
                    y1={top(share)}
                    y2={top(share)}
                  />
                  <text
                    className="plot-tick"
                    x={margin.left - 8}
                    y={top(share)}
                    textAnchor="end"
                    dominantBaseline="central"
                  >
                    {formatTick(y, value)}
                  </text>
                </g>
              ))}
              {scales.x.ticks.map(({ share, value }) => (
                <g key={value}>
                  <line
                    className="plot-axis"
                    x1={left(share)}
                    x2={left(share)}
                    y1={height - margin.bottom}
                    y2={height - margin.bottom + 5}
                  />
                  <text className="plot-tick" x={left(share)} y={height - margin.bottom + 16} textAnchor="middle">
                    {formatTick(x, value)}
                  </text>
                </g>
              ))}
              <line
                className="plot-axis"
                x1={margin.left}
                x2={width - margin.right}
                y1={height - margin.bottom}
                y2={height - margin.bottom}
              />
              <text
                className="plot-title"
                x={(margin.left + width - margin.right) / 2}
                y={height - 6}
                textAnchor="middle"
              >
                {x.label}
              </text>
              <text
                className="plot-title"
                textAnchor="middle"
                transform={`translate(14 ${(margin.top + height - margin.bottom) / 2}) rotate(-90)`}
              >
                {y.label}
              </text>
              {points.map(({ run, style, left: cx, top: cy }) => (
                <path
                  key={run.id}
                  d={markerPath(style.marker, 6)}
                  transform={`translate(${cx} ${cy})`}
                  className={inside.has(run.id) ? 'scatter-run' : 'scatter-run scatter-outside'}
                  fill={`var(${style.color})`}
                >
                  <title>
                    {t.point(run.name, formatValue(x, x.valueOf(run.id)), formatValue(y, y.valueOf(run.id)))}
                  </title>
                </path>
              ))}
            </svg>
          )}
        </div>
      )}
    </ChartCard>
  );
}

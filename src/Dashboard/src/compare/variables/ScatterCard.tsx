import { useMemo, useRef } from 'react';
import { PlotFrame, plotPlace } from '../../charts/PlotFrame';
import { useWidth } from '../../charts/useWidth';
import { useParam } from '../../navigation/navigation';
import { text } from '../../text/text';
import { ChartCard, NumbersTable, Pick, useCardView } from '../ChartCard';
import { mainMetric } from '../comparison';
import { formatValue, ticksOf } from '../format';
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
  const place = plotPlace(width, height, margin, 0.03);
  const points = comparison.runs.flatMap((run) => {
    const [across, up] = [scales.x.share(x.valueOf(run.id)), scales.y.share(y.valueOf(run.id))];
    const style = styles.get(run.id);
    return across === null || up === null || style === undefined
      ? []
      : [{ run, style, left: place.x(across), top: place.y(up) }];
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
            <PlotFrame
              ref={svg}
              label={t.describe(y.label, x.label, points.length)}
              place={place}
              x={{ ticks: ticksOf(x, scales.x), title: x.label }}
              y={{ ticks: ticksOf(y, scales.y), title: y.label }}
            >
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
            </PlotFrame>
          )}
        </div>
      )}
    </ChartCard>
  );
}

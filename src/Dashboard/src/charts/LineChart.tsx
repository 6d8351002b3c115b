import { lazy, Suspense, useMemo, useState } from 'react';
import { text } from '../text/text';
import { ChartTable } from './ChartTable';
import type { Picture } from './pictures/picture';
import { type Highlight, lastValue, type Series } from './series';
import './charts.css';

const LineCanvas = lazy(() => import('./LineCanvas'));

export interface LineChartProps {
  /** What the chart shows, for people who do not see it. */
  label: string;
  series: readonly Series[];
  highlight?: Highlight | null;
  xName: string;
  xEnd: number;
  scale?: 'linear' | 'log';
  formatX: (value: number) => string;
  /** A place on the axis in the first column of the table. */
  formatCell: (value: number) => string;
  formatY: (value: number) => string;
  formatTick: (value: number) => string;
  group: string;
  view: 'curve' | 'table';
  /** Shown instead of curves while there is no point. */
  empty: string;
  /** Told how to take a picture while there is one to take. */
  onPicture?: (picture: Picture | null) => void;
}

/** Curves with a legend that switches them on and off, and the same numbers as a table. Pure: it shows what it is given. */
export function LineChart(props: LineChartProps) {
  const { series, view, formatX, formatY, formatTick, xName, xEnd, label, highlight = null, scale = 'linear' } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => series.filter((one) => !hidden.has(one.id)), [series, hidden]);
  const drawing = useMemo(
    () => ({ series: shown, highlight, xName, xEnd, scale, formatX, formatY, formatTick }),
    [shown, highlight, xName, xEnd, scale, formatX, formatY, formatTick],
  );
  const isEmpty = series.every((one) => one.points.length === 0);
  // A curve without a point is not on the chart; before there are any, the legend tells what will come.
  const named = isEmpty ? series : series.filter((one) => one.points.length > 0);

  const toggle = (id: string) =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });

  const summary = series
    .filter((one) => one.style !== 'faint')
    .map((one) => ({ name: one.name, last: lastValue(one.points) }))
    .filter((one) => one.last !== null)
    .map((one) => text.charts.lastValue(one.name, formatY(one.last ?? 0)))
    .join(' ');

  return (
    <div className="chart">
      <ul className="chart-legend">
        {named.map((one) => (
          <li key={one.id}>
            <button type="button" aria-pressed={!hidden.has(one.id)} onClick={() => toggle(one.id)}>
              <i className={`swatch swatch-${one.style}`} style={{ color: `var(${one.color})` }} />
              <span>{one.name}</span>
              {one.style !== 'faint' && <b>{formatNullable(lastValue(one.points), formatY)}</b>}
            </button>
          </li>
        ))}
      </ul>
      {isEmpty ? (
        <p className="chart-area chart-empty">{props.empty}</p>
      ) : view === 'table' ? (
        <ChartTable
          series={shown.filter((one) => one.style !== 'faint')}
          {...{ label, xName, formatY }}
          formatX={props.formatCell}
        />
      ) : (
        <div className="chart-area" role="img" aria-label={text.charts.describe(label, xName, summary)}>
          <Suspense fallback={<p className="chart-empty">{text.charts.loading}</p>}>
            <LineCanvas group={props.group} drawing={drawing} onPicture={props.onPicture} />
          </Suspense>
        </div>
      )}
    </div>
  );
}

const formatNullable = (value: number | null, format: (value: number) => string): string =>
  value === null ? text.units.none : format(value);

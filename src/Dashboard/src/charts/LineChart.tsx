import { lazy, Suspense, useMemo, useState } from 'react';
import { text } from '../text/text';
import { ChartTable } from './ChartTable';
import type { ChartImage } from './download/image';
import { type Highlight, lastValue, type Series } from './series';
import './charts.css';

const LineCanvas = lazy(() => import('./LineCanvas'));

export interface LineChartProps {
  /** Accessible name. */
  label: string;
  series: readonly Series[];
  highlight?: Highlight | null;
  xName: string;
  xEnd: number;
  scale?: 'linear' | 'log';
  formatX: (value: number) => string;
  /** Formats the first column of the table. */
  formatCell: (value: number) => string;
  formatY: (value: number) => string;
  formatTick: (value: number) => string;
  group: string;
  view: 'curve' | 'table';
  /** Shown while there are no points. */
  empty: string;
  /** Receives the image of the chart. */
  onImage?: (image: ChartImage | null) => void;
}

/** Curves with a legend that toggles them, or the same values as a table. A pure component. */
export function LineChart(props: LineChartProps) {
  const { series, view, formatX, formatY, formatTick, xName, xEnd, label, highlight = null, scale = 'linear' } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => series.filter((one) => !hidden.has(one.id)), [series, hidden]);
  const drawing = useMemo(
    () => ({ series: shown, highlight, xName, xEnd, scale, formatX, formatY, formatTick }),
    [shown, highlight, xName, xEnd, scale, formatX, formatY, formatTick],
  );
  const isEmpty = series.every((one) => one.points.length === 0);
  // Curves without points are omitted, unless there are none with points yet.
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
      <ul className="chart-legend row">
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
            <LineCanvas group={props.group} drawing={drawing} onImage={props.onImage} />
          </Suspense>
        </div>
      )}
    </div>
  );
}

const formatNullable = (value: number | null, format: (value: number) => string): string =>
  value === null ? text.units.none : format(value);

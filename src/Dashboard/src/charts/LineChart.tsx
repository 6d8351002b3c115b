import { useMemo, useState } from 'react';
import { toggled } from '../design/toggled';
import { orNone } from '../text/format';
import { text } from '../text/text';
import { ChartTable } from './ChartTable';
import type { ChartImage } from './download/image';
import { LineArea } from './LineArea';
import { type Drawing, lastValue, mainSeries } from './series';
import type { OnZoom } from './tooltip/ChartTooltip';
import './charts.css';

interface LineChartProps {
  /** Accessible name. */
  label: string;
  drawing: Drawing;
  /** Formats the first column of the table. */
  formatCell: (value: number) => string;
  group: string;
  view: 'chart' | 'table';
  /** Shown while there are no points. */
  empty: string;
  /** Receives the image of the chart. */
  onImage?: (image: ChartImage | null) => void;
  onZoom?: OnZoom;
}

/** Curves with a legend that toggles them, or the same values as a table. A pure component. */
export function LineChart({ label, drawing, formatCell, group, view, empty, onImage, onZoom }: LineChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { series, x, y } = drawing;
  const shown = useMemo(
    () => ({ ...drawing, series: drawing.series.filter((one) => !hidden.has(one.id)) }),
    [drawing, hidden],
  );
  const isEmpty = series.every((one) => one.points.length === 0);
  // Curves without points are omitted, unless there are none with points yet.
  const named = isEmpty ? series : series.filter((one) => one.points.length > 0);
  const summary = mainSeries(series)
    .map(({ name, points }) => ({ name, last: lastValue(points) }))
    .flatMap(({ name, last }) => (last === null ? [] : [text.charts.lastValue(name, y.format(last))]))
    .join(' ');

  return (
    <div>
      <ul className="chart-legend row">
        {named.map(({ id, name, look, color, points }) => (
          <li key={id}>
            <button type="button" aria-pressed={!hidden.has(id)} onClick={() => setHidden(toggled(hidden, id))}>
              <i className={`swatch swatch-${look}`} style={{ color: `var(${color})` }} />
              <span>{name}</span>
              {look !== 'faint' && <b>{orNone(lastValue(points), y.format)}</b>}
            </button>
          </li>
        ))}
      </ul>
      {isEmpty ? (
        <p className="chart-area chart-empty">{empty}</p>
      ) : view === 'table' ? (
        <ChartTable
          label={label}
          series={mainSeries(shown.series)}
          xName={x.name}
          formatX={formatCell}
          formatY={y.format}
        />
      ) : (
        <LineArea
          label={text.charts.describe(label, x.name, summary)}
          group={group}
          drawing={shown}
          onImage={onImage}
          onZoom={onZoom}
        />
      )}
    </div>
  );
}

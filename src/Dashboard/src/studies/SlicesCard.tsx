import { useRef } from 'react';
import { PlotFrame, type PlotTick, plotPlace } from '../charts/PlotFrame';
import { useWidth } from '../charts/useWidth';
import { ChartCard, NumbersTable, useCardView } from '../compare/ChartCard';
import { formatValue, ticksOf } from '../compare/format';
import { type LineStyle, markerPath } from '../compare/lineStyle';
import { scaleOf } from '../compare/variables/scale';
import type { Variable } from '../compare/variables/variables';
import { text } from '../text/text';

const t = text.studies.slices;
const height = 230;
const leastWidth = 250;
const letterWidth = 8;
const margin = { left: 58, right: 14, top: 10, bottom: 42 };

interface SlicesCardProps {
  runs: readonly { readonly id: string; readonly name: string }[];
  settings: readonly Variable[];
  value: Variable;
  styles: ReadonlyMap<string, LineStyle>;
  /** Trials within the ranges of the parallel coordinates; the others are translucent. */
  inside: ReadonlySet<string>;
}

/** The metric over each parameter, one plot each, on a common vertical axis. */
export function SlicesCard({ runs, settings, value, styles, inside }: SlicesCardProps) {
  const [shown, show] = useCardView('slices');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const columns = Math.min(settings.length, Math.max(1, Math.floor(width / leastWidth)));
  const own = Math.floor(width / columns);
  return (
    <ChartCard title={t.title} view={shown} onView={show} svg={svg} note={t.note}>
      {shown === 'table' ? (
        <NumbersTable
          label={t.title}
          columns={[t.trial, ...settings.map(({ label }) => label), value.label]}
          rows={runs.map(({ id, name }) => ({
            key: id,
            cells: [
              name,
              ...settings.map((setting) => formatValue(setting, setting.valueOf(id))),
              formatValue(value, value.valueOf(id)),
            ],
          }))}
        />
      ) : (
        <div ref={host}>
          {width > 0 && (
            <svg
              ref={svg}
              className="plot"
              width={width}
              height={height * Math.ceil(settings.length / columns)}
              role="group"
              aria-label={t.title}
            >
              {settings.map((setting, index) => (
                <Slice
                  key={setting.id}
                  {...{ runs, setting, value, styles, inside }}
                  width={own}
                  at={{ x: (index % columns) * own, y: Math.floor(index / columns) * height }}
                />
              ))}
            </svg>
          )}
        </div>
      )}
    </ChartCard>
  );
}

interface SliceProps extends Omit<SlicesCardProps, 'settings'> {
  setting: Variable;
  width: number;
  at: { x: number; y: number };
}

function Slice({ runs, setting, value, styles, inside, width, at }: SliceProps) {
  const ids = runs.map(({ id }) => id);
  const scales = { x: scaleOf(setting, ids), y: scaleOf(value, ids) };
  const place = plotPlace(width, height, margin, 0.04);
  const points = runs.flatMap(({ id, name }) => {
    const [x, y] = [scales.x.share(setting.valueOf(id)), scales.y.share(value.valueOf(id))];
    const style = styles.get(id);
    return x === null || y === null || style === undefined ? [] : [{ id, name, style, x: place.x(x), y: place.y(y) }];
  });
  return (
    <PlotFrame
      label={text.compare.scatter.describe(value.label, setting.label, points.length)}
      place={place}
      at={at}
      x={{
        ticks: ticksOf(setting, scales.x).map((tick, _, all) => shortened(tick, width / all.length)),
        title: setting.label,
      }}
      y={{ ticks: ticksOf(value, scales.y) }}
    >
      {points.map(({ id, name, style, x, y }) => (
        <path
          key={id}
          d={markerPath(style.marker, 4.5)}
          transform={`translate(${x} ${y})`}
          className={inside.has(id) ? 'scatter-run' : 'scatter-run scatter-outside'}
          fill={`var(${style.color})`}
        >
          <title>
            {text.compare.scatter.point(
              name,
              formatValue(setting, setting.valueOf(id)),
              formatValue(value, value.valueOf(id)),
            )}
          </title>
        </path>
      ))}
    </PlotFrame>
  );
}

/** A name that fits between those beside it. */
function shortened({ share, label }: PlotTick, room: number): PlotTick {
  const letters = Math.max(4, Math.floor(room / letterWidth));
  return { share, label: label.length > letters ? `${label.slice(0, letters - 1)}…` : label };
}

import { useMemo, useState } from 'react';
import { ChartTable } from '../../charts/ChartTable';
import { useImage } from '../../charts/download/DownloadMenu';
import { LineArea } from '../../charts/LineArea';
import { Smoothing } from '../../charts/Smoothing';
import type { Drawing, Limits, Series } from '../../charts/series';
import { Button } from '../../design/Button';
import { Choice } from '../../design/Choice';
import { toggled } from '../../design/toggled';
import { duration, integer, loss, percent, percentTick, short, tick } from '../../text/format';
import { text } from '../../text/text';
import { ChartCard, Pick, useCardView } from '../ChartCard';
import type { Comparison } from '../comparison';
import { metricLabel } from '../format';
import {
  type Axis,
  axes,
  type CurveView,
  type Family,
  families,
  groupings,
  maximumSmoothing,
  metricsOf,
  splits,
} from '../view';
import { Legend } from './Legend';
import { limitsOf, linesOf, ownersOf } from './lines';

const t = text.compare.curves;

const formatsOf: Readonly<Record<Family, { value: (value: number) => string; tick: (value: number) => string }>> = {
  accuracy: { value: percent, tick: percentTick },
  loss: { value: loss, tick },
  learning_rate: { value: loss, tick },
  images_per_second: { value: integer, tick: short },
};
const formatX: Readonly<Record<Axis, (value: number) => string>> = {
  epoch: (value) => `${t.axes.epoch} ${Number(value.toFixed(1))}`,
  step: (value) => `${t.axes.step} ${integer(value)}`,
  time: (value) => duration(value),
};
const formatXTick: Readonly<Record<Axis, (value: number) => string>> = {
  epoch: (value) => String(value),
  step: short,
  time: (value) => duration(value),
};

interface CurvesCardProps {
  comparison: Comparison;
  /** Whether curves of this view are being loaded. */
  isLoading: boolean;
  view: CurveView;
  onView: (view: CurveView) => void;
}

/** The curves of all runs in one chart. */
export function CurvesCard({ comparison, isLoading, view, onView }: CurvesCardProps) {
  const [shown, show] = useCardView('curves');
  const [getImage, setImage] = useImage();
  // A zoom is in the units of its axis.
  const [zoom, setZoom] = useState<{ axis: Axis; range: Limits } | null>(null);
  const range = zoom?.axis === view.axis ? zoom.range : null;
  const owners = useMemo(() => ownersOf(comparison, view.by), [comparison, view.by]);
  const lines = useMemo(() => linesOf(comparison, view), [comparison, view]);
  const hasSplit = view.family === 'accuracy' || view.family === 'loss';
  const metric = metricsOf(view)[0] ?? '';
  const xName = view.axis === 'time' ? t.timeName : t.axes[view.axis];
  const drawing = useMemo(
    (): Drawing => ({
      series: lines.lines,
      bands: lines.bands,
      x: {
        name: xName,
        from: range?.[0] ?? null,
        to: range?.[1] ?? null,
        format: formatX[view.axis],
        tick: formatXTick[view.axis],
      },
      y: {
        isLog: view.isLog,
        limits: limitsOf(view.family),
        ...(view.family === 'accuracy' ? { leastSpan: 0.05 } : {}),
        format: formatsOf[view.family].value,
        tick: formatsOf[view.family].tick,
      },
      isRanked: true,
    }),
    [lines, xName, view.isLog, view.axis, view.family, range],
  );
  const set = (changes: Partial<CurveView>) => onView({ ...view, ...changes });
  const isEmpty = lines.lines.every(({ points }) => points.length === 0);
  const options = <Value extends string>(values: readonly Value[], labels: Readonly<Record<Value, string>>) =>
    values.map((value) => ({ value, label: labels[value] }));
  const notes = [
    ...(hasSplit && view.split === 'both' ? [t.bothNote] : []),
    ...(view.by === 'groups' ? [comparison.groups.some(({ runs }) => runs.length > 1) ? t.bandNote : t.noGroups] : []),
  ];

  return (
    <ChartCard
      title={t.title}
      view={shown}
      onView={show}
      image={getImage}
      fillsScreen
      note={notes.length === 0 ? undefined : notes.join(' ')}
      tools={
        <>
          <Pick
            label={t.metric}
            value={view.family}
            options={families.map((id) => ({ id, label: t.families[id] }))}
            onChange={(family) => set({ family: family as Family })}
          />
          {hasSplit && (
            <Choice
              label={t.split}
              value={view.split}
              options={options(splits, t.splits)}
              onChange={(split) => set({ split })}
            />
          )}
          <Choice label={t.axis} value={view.axis} options={options(axes, t.axes)} onChange={(axis) => set({ axis })} />
          <Choice
            label={t.by}
            value={view.by}
            options={options(groupings, t.groupings)}
            onChange={(by) => set({ by })}
          />
          <button type="button" className="chip" aria-pressed={view.isLog} onClick={() => set({ isLog: !view.isLog })}>
            {t.log}
          </button>
          <Smoothing
            value={view.smoothing}
            maximum={maximumSmoothing}
            step={0.03}
            onChange={(smoothing) => set({ smoothing })}
          />
          {range !== null && (
            <Button small onClick={() => setZoom(null)}>
              {text.charts.zoomReset}
            </Button>
          )}
        </>
      }
    >
      <Legend
        owners={owners}
        hidden={view.hidden}
        onToggle={(id) => set({ hidden: toggled(view.hidden, id) })}
        onOnly={(id) => set({ hidden: new Set(owners.filter((one) => one.id !== id).map((one) => one.id)) })}
        onAll={() => set({ hidden: new Set() })}
      />
      {isEmpty ? (
        <p className="chart-empty">{isLoading ? text.charts.loading : t.empty}</p>
      ) : shown === 'table' ? (
        <ChartTable
          label={metricLabel(metric)}
          series={lines.lines.map((line) => ({ ...line, name: titleOf(line, metricsOf(view)) }))}
          xName={xName}
          formatX={formatXTick[view.axis]}
          formatY={formatsOf[view.family].value}
        />
      ) : (
        <LineArea
          className="curves-area"
          label={t.describe(metricLabel(metric), xName, summary(comparison, metric, view.hidden))}
          drawing={drawing}
          onImage={setImage}
          onZoom={(next) => setZoom(next && { axis: view.axis, range: next })}
        />
      )}
    </ChartCard>
  );
}

/** The best values as text, for screen readers. */
function summary({ runs, metrics }: Comparison, metric: string, hidden: ReadonlySet<string>): string {
  const scores = metrics.find((one) => one.metric === metric)?.perRun ?? [];
  const format = metric.endsWith('_accuracy') ? percent : loss;
  return runs
    .filter(({ id }) => !hidden.has(id))
    .flatMap(({ id, name }) => {
      const best = scores.find(({ run }) => run === id)?.best;
      return best == null ? [] : [t.best(name, format(best))];
    })
    .join(' ');
}

/** A column of the table: the metric is named where there are several. */
const titleOf = ({ id, name }: Series, metrics: readonly string[]): string =>
  metrics.length < 2 ? name : t.tableRun(name, metricLabel(id.split(' ')[0] ?? ''));

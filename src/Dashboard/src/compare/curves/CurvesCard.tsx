import { lazy, Suspense, useMemo } from 'react';
import { usePicture } from '../../charts/pictures/usePicture';
import { Choice } from '../../design/Choice';
import { duration, integer, loss, percent, percentTick, short, tick } from '../../text/format';
import { text } from '../../text/text';
import type { Comparison } from '../comparison';
import { ChartCard, Pick } from '../parts/ChartCard';
import { useCardView } from '../parts/useParam';
import { type Axis, axes, type CurveView, type Family, families, groupings, metricsOf, splits } from '../view';
import { labelOfMetric } from '../words';
import { CurvesTable } from './CurvesTable';
import type { CurvesDrawing } from './curvesOption';
import { Legend } from './Legend';
import { linesOf, ownersOf } from './lines';
import { Smoothing } from './Smoothing';

const CurvesCanvas = lazy(() => import('./CurvesCanvas'));
const words = text.compare.curves;

export const formatsOf: Readonly<
  Record<Family, { value: (value: number) => string; tick: (value: number) => string }>
> = {
  accuracy: { value: percent, tick: percentTick },
  loss: { value: loss, tick },
  learning_rate: { value: loss, tick },
  images_per_second: { value: integer, tick: short },
};
export const formatX: Readonly<Record<Axis, (value: number) => string>> = {
  epoch: (value) => `${words.axes.epoch} ${Number(value.toFixed(1))}`,
  step: (value) => `${words.axes.step} ${integer(value)}`,
  time: (value) => duration(value),
};
export const formatXTick: Readonly<Record<Axis, (value: number) => string>> = {
  epoch: (value) => String(value),
  step: short,
  time: (value) => duration(value),
};

interface CurvesCardProps {
  comparison: Comparison;
  /** Whether curves of this view are on their way. */
  isLoading: boolean;
  view: CurveView;
  onView: (view: CurveView) => void;
}

/** The curves of all runs in one chart. */
export function CurvesCard({ comparison, isLoading, view, onView }: CurvesCardProps) {
  const [shown, show] = useCardView('curves');
  const [takePicture, keepPicture] = usePicture();
  const owners = useMemo(() => ownersOf(comparison, view.by), [comparison, view.by]);
  const lines = useMemo(() => linesOf(comparison, view), [comparison, view]);
  const hasSplit = view.family === 'accuracy' || view.family === 'loss';
  const metric = metricsOf(view)[0] ?? '';
  const xName = view.axis === 'time' ? words.timeName : words.axes[view.axis];
  const drawing = useMemo(
    (): CurvesDrawing => ({
      ...lines,
      xName,
      yName: labelOfMetric(metric),
      isLog: view.isLog,
      xEnd: null,
      yRange: null,
      formatX: formatX[view.axis],
      formatXTick: formatXTick[view.axis],
      formatY: formatsOf[view.family].value,
      formatYTick: formatsOf[view.family].tick,
    }),
    [lines, xName, metric, view.isLog, view.axis, view.family],
  );
  const set = (changes: Partial<CurveView>) => onView({ ...view, ...changes });
  const toggle = (id: string) => {
    const hidden = new Set(view.hidden);
    if (!hidden.delete(id)) {
      hidden.add(id);
    }
    set({ hidden });
  };
  const isEmpty = lines.lines.every(({ points }) => points.length === 0);
  const options = <Value extends string>(values: readonly Value[], labels: Readonly<Record<Value, string>>) =>
    values.map((value) => ({ value, label: labels[value] }));
  const notes = [
    ...(hasSplit && view.split === 'both' ? [words.bothNote] : []),
    ...(view.by === 'groups'
      ? [comparison.groups.some(({ runs }) => runs.length > 1) ? words.bandNote : words.noGroups]
      : []),
  ];

  return (
    <ChartCard
      title={words.title}
      view={shown}
      onView={show}
      picture={takePicture}
      note={notes.length === 0 ? undefined : notes.join(' ')}
      tools={
        <>
          <Pick
            label={words.metric}
            value={view.family}
            options={families.map((id) => ({ id, label: words.families[id] }))}
            onChange={(family) => set({ family: family as Family })}
          />
          {hasSplit && (
            <Choice
              label={words.split}
              value={view.split}
              options={options(splits, words.splits)}
              onChange={(split) => set({ split })}
            />
          )}
          <Choice
            label={words.axis}
            value={view.axis}
            options={options(axes, words.axes)}
            onChange={(axis) => set({ axis })}
          />
          <Choice
            label={words.by}
            value={view.by}
            options={options(groupings, words.groupings)}
            onChange={(by) => set({ by })}
          />
          <button type="button" className="chip" aria-pressed={view.isLog} onClick={() => set({ isLog: !view.isLog })}>
            {words.log}
          </button>
          <Smoothing value={view.smoothing} onChange={(smoothing) => set({ smoothing })} />
        </>
      }
    >
      <Legend
        owners={owners}
        hidden={view.hidden}
        onToggle={toggle}
        onOnly={(id) => set({ hidden: new Set(owners.filter((one) => one.id !== id).map((one) => one.id)) })}
        onAll={() => set({ hidden: new Set() })}
      />
      {isEmpty ? (
        <p className="chart-empty">{isLoading ? text.charts.loading : words.empty}</p>
      ) : shown === 'table' ? (
        <CurvesTable
          lines={lines.lines}
          xName={xName}
          axis={view.axis}
          family={view.family}
          metrics={metricsOf(view)}
        />
      ) : (
        <div
          className="curves-area"
          role="img"
          aria-label={words.describe(labelOfMetric(metric), xName, summary(comparison, metric, view.hidden))}
        >
          <Suspense fallback={<p className="chart-empty">{text.charts.loading}</p>}>
            <CurvesCanvas drawing={drawing} onPicture={keepPicture} />
          </Suspense>
        </div>
      )}
    </ChartCard>
  );
}

/** The best values in words, for people who do not see the curves. */
function summary({ runs, metrics }: Comparison, metric: string, hidden: ReadonlySet<string>): string {
  const scores = metrics.find((one) => one.metric === metric)?.perRun ?? [];
  const format = metric.endsWith('_accuracy') ? percent : loss;
  return runs
    .filter(({ id }) => !hidden.has(id))
    .flatMap(({ id, name }) => {
      const best = scores.find(({ run }) => run === id)?.best;
      return best == null ? [] : [words.best(name, format(best))];
    })
    .join(' ');
}

import { type ReactNode, useMemo } from 'react';
import { isTerminal } from '../../api/types';
import { LineChart } from '../../charts/LineChart';
import { PictureMenu } from '../../charts/pictures/PictureMenu';
import { usePicture } from '../../charts/pictures/usePicture';
import type { Highlight, Series } from '../../charts/series';
import { Choice } from '../../design/Choice';
import { useSearch } from '../../shell/navigation';
import { integer, loss, percent, percentTick, short, tick } from '../../text/format';
import { text } from '../../text/text';
import type { Present } from '../view/present';
import { bestEpoch, type RunView } from '../view/runView';
import { formatCell, formatX, xAxes, xEndOf } from './axis';
import { type CurveStyle, curvesOf, epochCurve, epochX } from './curves';
import { useCurveStyle } from './useCurveStyle';

const viewOptions = [
  { value: 'curve', label: text.charts.asChart },
  { value: 'table', label: text.charts.asTable },
] as const;
const axisOptions = xAxes.map((value) => ({ value, label: text.charts.axes[value] }));

/** The curves of a run, drawn over one axis. */
export function CurveCards({ view, present }: { view: RunView; present: Present }) {
  const { style, setAxis, setSmoothing } = useCurveStyle();
  const parts = { view, present, style };
  if (
    isTerminal(present.state) &&
    !present.isCatchingUp &&
    view.epochs.length === 0 &&
    view.steps.points.length === 0
  ) {
    return <p className="message">{text.charts.emptyEnded}</p>;
  }
  return (
    <section aria-label={text.charts.curves} className="curves">
      <div className="curves-tools">
        <Choice label={text.charts.axis} value={style.axis} options={axisOptions} onChange={setAxis} />
        <label className="smoothing">
          {text.charts.smoothing}
          <input
            type="range"
            min={0}
            max={0.95}
            step={0.05}
            value={style.smoothing}
            onChange={(event) => setSmoothing(Number(event.target.value))}
          />
          <output>{style.smoothing.toFixed(2)}</output>
        </label>
      </div>
      <div className="run-curves">
        <LossCard {...parts} />
        <AccuracyCard {...parts} />
        <RateCard {...parts} />
        <SpeedCard {...parts} />
      </div>
    </section>
  );
}

interface CurveProps {
  view: RunView;
  present: Present;
  style: CurveStyle;
}

function LossCard({ view, present, style }: CurveProps) {
  const [search, update] = useSearch();
  const isLog = search.get('loss-scale') === 'log';
  const series = useMemo(() => curvesOf(view, 'loss', style), [view, style]);
  return (
    <CurveCard
      {...{ view, present, style, series }}
      id="loss"
      title={text.charts.loss}
      scale={isLog ? 'log' : 'linear'}
      formatY={loss}
      formatTick={tick}
    >
      <button
        type="button"
        className="chip"
        aria-pressed={isLog}
        onClick={() => update((params) => (isLog ? params.delete('loss-scale') : params.set('loss-scale', 'log')))}
      >
        {text.charts.logScale}
      </button>
    </CurveCard>
  );
}

function AccuracyCard({ view, present, style }: CurveProps) {
  const series = useMemo(() => curvesOf(view, 'accuracy', style), [view, style]);
  const highlight = useMemo(() => {
    const best = bestEpoch(view.epochs);
    return best?.validationAccuracy == null
      ? null
      : ({
          seriesId: 'validation',
          point: [epochX(style.axis, best), best.validationAccuracy],
          label: `${text.charts.best} ${percent(best.validationAccuracy)}`,
        } as const);
  }, [view.epochs, style.axis]);
  return (
    <CurveCard
      {...{ view, present, style, series, highlight }}
      id="accuracy"
      title={text.charts.accuracy}
      formatY={percent}
      formatTick={percentTick}
    />
  );
}

function RateCard({ view, present, style }: CurveProps) {
  // A schedule is a rule, not a measurement: it is never smoothed.
  const series = useMemo(
    () => epochCurve(view, { ...style, smoothing: 0 }, text.charts.rate, (point) => point.learningRate),
    [view, style],
  );
  return (
    <CurveCard
      {...{ view, present, style, series }}
      id="rate"
      title={text.charts.rate}
      formatY={tick}
      formatTick={tick}
    />
  );
}

function SpeedCard({ view, present, style }: CurveProps) {
  const series = useMemo(
    () => epochCurve(view, style, text.charts.speed, (point) => point.imagesPerSecond),
    [view, style],
  );
  return (
    <CurveCard
      {...{ view, present, style, series }}
      id="speed"
      title={text.charts.speed}
      formatY={integer}
      formatTick={short}
    />
  );
}

interface CurveCardProps extends CurveProps {
  /** Its name in the address. */
  id: string;
  title: string;
  series: readonly Series[];
  highlight?: Highlight | null;
  scale?: 'linear' | 'log';
  formatY: (value: number) => string;
  formatTick: (value: number) => string;
  children?: ReactNode;
}

function CurveCard({ id, title, view, present, style, children, ...chart }: CurveCardProps) {
  const [search, update] = useSearch();
  const [takePicture, keepPicture] = usePicture();
  const shown = search.get(id) === 'table' ? 'table' : 'curve';
  const hasPicture = shown === 'curve' && chart.series.some(({ points }) => points.length > 0);
  const show = (next: 'curve' | 'table') =>
    update((params) => (next === 'table' ? params.set(id, next) : params.delete(id)));
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <div className="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <div className="card-actions">
          {children}
          <Choice label={text.charts.viewOf(title)} value={shown} options={viewOptions} onChange={show} />
          {hasPicture && <PictureMenu chart={title} picture={takePicture} />}
        </div>
      </div>
      <LineChart
        {...chart}
        label={title}
        xName={text.charts.axes[style.axis]}
        xEnd={xEndOf(style.axis, view, present)}
        formatX={formatX[style.axis]}
        formatCell={formatCell[style.axis]}
        group="run-curves"
        view={shown}
        onPicture={keepPicture}
        empty={
          present.isCatchingUp
            ? text.charts.loading
            : isTerminal(present.state)
              ? text.charts.emptyEnded
              : text.charts.empty
        }
      />
    </section>
  );
}

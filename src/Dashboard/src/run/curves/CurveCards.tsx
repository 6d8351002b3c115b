import { type ReactNode, useMemo } from 'react';
import { isTerminal } from '../../api/types';
import { DownloadMenu, useImage } from '../../charts/download/DownloadMenu';
import { LineChart } from '../../charts/LineChart';
import { Smoothing } from '../../charts/Smoothing';
import type { Drawing, Highlight, Limits, Series } from '../../charts/series';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { useParam } from '../../navigation/navigation';
import { integer, loss, percent, percentTick, short, tick } from '../../text/format';
import { text } from '../../text/text';
import { bestEpoch, type RunHistory } from '../history/runHistory';
import type { RunStatus } from '../history/status';
import {
  type CurveStyle,
  curvesOf,
  epochCurve,
  epochX,
  formatCell,
  formatX,
  maximumSmoothing,
  useCurveStyle,
  xAxes,
  xEndOf,
} from './curves';

const positive: Limits = [0, Number.POSITIVE_INFINITY];
const viewOptions = [
  { value: 'chart', label: text.charts.asChart },
  { value: 'table', label: text.charts.asTable },
] as const;
const axisOptions = xAxes.map((value) => ({ value, label: text.charts.axes[value] }));

/** The curves of a run over a common axis. */
export function CurveCards({ history, status }: { history: RunHistory; status: RunStatus }) {
  const { style, setAxis, setSmoothing } = useCurveStyle();
  const parts = { history, status, style };
  if (
    isTerminal(status.state) &&
    !status.isCatchingUp &&
    history.epochs.length === 0 &&
    history.steps.points.length === 0
  ) {
    return <p className="message">{text.charts.emptyEnded}</p>;
  }
  return (
    <section aria-label={text.charts.curves} className="stack">
      <div className="row">
        <Choice label={text.charts.axis} value={style.axis} options={axisOptions} onChange={setAxis} />
        <Smoothing value={style.smoothing} maximum={maximumSmoothing} step={0.05} onChange={setSmoothing} />
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
  history: RunHistory;
  status: RunStatus;
  style: CurveStyle;
}

function LossCard({ history, status, style }: CurveProps) {
  const [scale, setScale] = useParam('loss-scale');
  const isLog = scale === 'log';
  const series = useMemo(() => curvesOf(history, 'loss', style), [history, style]);
  return (
    <CurveCard
      {...{ history, status, style, series }}
      id="loss"
      title={text.charts.loss}
      y={{ isLog, limits: positive, format: loss, tick }}
    >
      <button type="button" className="chip" aria-pressed={isLog} onClick={() => setScale(isLog ? null : 'log')}>
        {text.charts.logScale}
      </button>
    </CurveCard>
  );
}

function AccuracyCard({ history, status, style }: CurveProps) {
  const series = useMemo(() => curvesOf(history, 'accuracy', style), [history, style]);
  const highlight = useMemo(() => {
    const best = bestEpoch(history.epochs);
    return best?.validationAccuracy == null
      ? null
      : ({
          seriesId: 'validation',
          point: [epochX(style.axis, best), best.validationAccuracy],
          label: `${text.charts.best} ${percent(best.validationAccuracy)}`,
        } as const);
  }, [history.epochs, style.axis]);
  return (
    <CurveCard
      {...{ history, status, style, series, highlight }}
      id="accuracy"
      title={text.charts.accuracy}
      y={{ limits: [0, 1], format: percent, tick: percentTick }}
    />
  );
}

function RateCard({ history, status, style }: CurveProps) {
  // A schedule is not a measurement: it is never smoothed.
  const series = useMemo(
    () => epochCurve(history, { ...style, smoothing: 0 }, text.charts.rate, (point) => point.learningRate),
    [history, style],
  );
  return (
    <CurveCard
      {...{ history, status, style, series }}
      id="rate"
      title={text.charts.rate}
      y={{ limits: positive, format: tick, tick }}
    />
  );
}

function SpeedCard({ history, status, style }: CurveProps) {
  const series = useMemo(
    () => epochCurve(history, style, text.charts.speed, (point) => point.imagesPerSecond),
    [history, style],
  );
  return (
    <CurveCard
      {...{ history, status, style, series }}
      id="speed"
      title={text.charts.speed}
      y={{ limits: positive, format: integer, tick: short }}
    />
  );
}

interface CurveCardProps extends CurveProps {
  /** Query parameter of its view. */
  id: string;
  title: string;
  series: readonly Series[];
  highlight?: Highlight | null;
  y: Drawing['y'];
  children?: ReactNode;
}

function CurveCard({ id, title, history, status, style, series, highlight = null, y, children }: CurveCardProps) {
  const [view, setView] = useParam(id);
  const [getImage, setImage] = useImage();
  const shown = view === 'table' ? 'table' : 'chart';
  const hasImage = shown === 'chart' && series.some(({ points }) => points.length > 0);
  const show = (next: 'chart' | 'table') => setView(next === 'table' ? next : null);
  return (
    <Card
      id={id}
      title={title}
      actions={
        <>
          {children}
          <Choice label={text.charts.viewOf(title)} value={shown} options={viewOptions} onChange={show} />
          {hasImage && <DownloadMenu chart={title} image={getImage} />}
        </>
      }
    >
      <LineChart
        label={title}
        drawing={{
          series,
          highlight,
          y,
          x: {
            name: text.charts.axes[style.axis],
            from: 0,
            to: xEndOf(style.axis, history, status),
            isWhole: true,
            format: formatX[style.axis],
            tick: formatCell[style.axis],
          },
        }}
        formatCell={formatCell[style.axis]}
        group="run-curves"
        view={shown}
        onImage={setImage}
        empty={
          status.isCatchingUp
            ? text.charts.loading
            : isTerminal(status.state)
              ? text.charts.emptyEnded
              : text.charts.empty
        }
      />
    </Card>
  );
}

import { type ReactNode, useMemo } from 'react';
import { isTerminal } from '../../api/types';
import { DownloadMenu, useImage } from '../../charts/download/DownloadMenu';
import { FullScreen } from '../../charts/FullScreen';
import { LineChart } from '../../charts/LineChart';
import { Smoothing } from '../../charts/Smoothing';
import type { Drawing, Limits, Rule } from '../../charts/series';
import { Button } from '../../design/Button';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { Icon } from '../../design/Icon';
import { Menu } from '../../design/Menu';
import { useParam } from '../../navigation/navigation';
import { integer, loss, percent, percentTick, short, tick } from '../../text/format';
import { text } from '../../text/text';
import { bestEpoch, lastSteps, type RunHistory } from '../history/runHistory';
import type { RunStatus } from '../history/status';
import type { Curve } from '../parent';
import {
  axisOf,
  type CurveStyle,
  chanceOf,
  curvesOf,
  divergenceOf,
  epochCurve,
  epochX,
  formatCell,
  markOf,
  maximumSmoothing,
  useCurveStyle,
  xAxes,
  xEndOf,
  zoomed,
} from './curves';

const t = text.charts;
const viewOptions = [
  { value: 'chart', label: t.asChart },
  { value: 'table', label: t.asTable },
] as const;
const axisOptions = xAxes.map((value) => ({ value, label: t.axes[value] }));
const shares: Limits = [0, 1];
const positive: Limits = [0, Number.POSITIVE_INFINITY];

interface CurvesProps {
  history: RunHistory;
  status: RunStatus;
  /** The validation curves of the parent. */
  parent: readonly Curve[] | undefined;
}

interface CurveCardsProps extends CurvesProps {
  /** The film of the decision boundary, beside the curves. */
  film: ReactNode;
  /** The epoch that the film shows, marked in the curves; null for none. */
  markedEpoch: number | null;
}

/** The curves of a run over a common axis. */
export function CurveCards({ history, status, parent, film, markedEpoch }: CurveCardsProps) {
  const { style, set, setZoom } = useCurveStyle(history);
  const mark = useMemo(() => markOf(history, style.axis, markedEpoch), [history, style.axis, markedEpoch]);
  const isEmpty = [history.epochs, history.steps.points, lastSteps(history)].every(({ length }) => length === 0);
  if (isTerminal(status.state) && !status.isCatchingUp && isEmpty) {
    return <p className="message">{t.emptyEnded}</p>;
  }
  const end = xEndOf(style.axis, history, status);
  const parts = { history, status, parent, style, end, mark, onZoom: setZoom };
  const range = style.zoom ?? [0, end];
  return (
    <section aria-label={t.curves} className="curves stack tight">
      <div className="row">
        <Choice
          label={t.axis}
          value={style.axis}
          options={axisOptions}
          onChange={(axis) => set('x', axis === 'epoch' && history.failed === null ? null : axis)}
        />
        <Button small aria-label={t.zoomIn} title={t.zoomIn} onClick={() => setZoom(zoomed(range, 'in'))}>
          <Icon shape="zoom" />
        </Button>
        <Button
          small
          aria-label={t.zoomOut}
          title={t.zoomOut}
          blocked={style.zoom === null}
          onClick={() => setZoom(zoomed(range, 'out'))}
        >
          <Icon shape="unzoom" />
        </Button>
        {style.zoom !== null && (
          <Button small onClick={() => setZoom(null)}>
            {t.zoomReset}
          </Button>
        )}
        <Menu label={t.options} icon="options">
          {() => (
            <div className="stack tight">
              <Smoothing
                value={style.smoothing}
                maximum={maximumSmoothing}
                step={0.05}
                onChange={(weight) => set('smooth', weight === 0 ? null : String(weight))}
              />
              <Toggle
                label={t.logScale}
                isOn={style.isLogY}
                onChange={(isOn) => set('loss-scale', isOn ? 'log' : 'linear')}
              />
              <Toggle label={t.logX} isOn={style.isLogX} onChange={(isOn) => set('logx', isOn ? '1' : null)} />
              <Toggle
                label={t.outliers}
                isOn={style.ignoresOutliers}
                onChange={(isOn) => set('outliers', isOn ? 'hide' : null)}
              />
            </div>
          )}
        </Menu>
      </div>
      <div className={film === null ? 'run-curves' : 'run-curves with-film'}>
        {film}
        <LossCard {...parts} />
        <AccuracyCard {...parts} />
        <RateCard {...parts} />
        <SpeedCard {...parts} />
      </div>
    </section>
  );
}

const Toggle = ({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => (
  <label className="row">
    <input type="checkbox" className="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    {label}
  </label>
);

interface CurveProps extends CurvesProps {
  style: CurveStyle;
  /** The epoch of the film. */
  mark: readonly Rule[];
  /** End of the horizontal axis. */
  end: number;
  onZoom: (range: Limits | null) => void;
}

function LossCard(props: CurveProps) {
  const { history, parent, style, mark } = props;
  const parts = useMemo(
    () => ({
      series: curvesOf(history, parent, 'loss', style),
      rules: [...divergenceOf(history, style.axis), ...mark],
      y: { isLog: style.isLogY, ignoresOutliers: style.ignoresOutliers, limits: positive, format: loss, tick },
    }),
    [history, parent, style, mark],
  );
  return <CurveCard {...props} {...parts} id="loss" title={t.loss} />;
}

function AccuracyCard(props: CurveProps) {
  const { history, parent, style, mark } = props;
  const parts = useMemo(() => {
    const best = bestEpoch(history.epochs);
    return {
      series: curvesOf(history, parent, 'accuracy', style),
      rules: [...chanceOf(history), ...mark],
      highlight:
        best?.validationAccuracy == null
          ? null
          : {
              seriesId: 'validation',
              point: [epochX(style.axis, best), best.validationAccuracy] as const,
              label: `${t.best} ${percent(best.validationAccuracy)}`,
            },
      y: {
        ignoresOutliers: style.ignoresOutliers,
        limits: shares,
        leastSpan: 0.05,
        format: percent,
        tick: percentTick,
      },
    };
  }, [history, parent, style, mark]);
  return <CurveCard {...props} {...parts} id="accuracy" title={t.accuracy} />;
}

function RateCard(props: CurveProps) {
  const {
    history: { epochs },
    style,
  } = props;
  const parts = useMemo(
    () => ({
      // A schedule is not a measurement: it is never smoothed.
      series: epochCurve(epochs, { ...style, smoothing: 0 }, t.rate, (point) => point.learningRate),
      y: { limits: positive, format: tick, tick },
    }),
    [epochs, style],
  );
  return <CurveCard {...props} {...parts} id="rate" title={t.rate} isSmall />;
}

function SpeedCard(props: CurveProps) {
  const {
    history: { epochs },
    style,
  } = props;
  const parts = useMemo(
    () => ({
      series: epochCurve(epochs, style, t.speed, (point) => point.imagesPerSecond),
      y: { limits: positive, format: integer, tick: short },
    }),
    [epochs, style],
  );
  return <CurveCard {...props} {...parts} id="speed" title={t.speed} isSmall />;
}

interface CurveCardProps extends CurveProps, Omit<Drawing, 'x'> {
  /** Query parameter of its view. */
  id: string;
  title: string;
  /** A small multiple: it supports the others. */
  isSmall?: boolean;
}

/** Rate and speed are measured once an epoch, losses every few steps. */
const emptyText = ({ state }: RunStatus, isPerEpoch: boolean): string =>
  isTerminal(state) ? t.emptyEnded : state === 'running' && isPerEpoch ? t.emptyRunning : t.empty;

function CurveCard(props: CurveCardProps) {
  const { id, title, status, style, end, onZoom, isSmall = false, series, rules, highlight, y } = props;
  const [view, setView] = useParam(id);
  const [getImage, setImage] = useImage();
  const shown = view === 'table' ? 'table' : 'chart';
  const hasImage = shown === 'chart' && series.some(({ points }) => points.length > 0);
  const drawing = useMemo(
    (): Drawing => ({ series, rules: rules ?? [], highlight: highlight ?? null, y, x: axisOf(style, end), isSmall }),
    [series, rules, highlight, y, style, end, isSmall],
  );
  if (isSmall && isTerminal(status.state) && series.every(({ points }) => points.length === 0)) {
    return null;
  }
  return (
    <Card
      id={id}
      title={title}
      className={isSmall ? 'curve curve-small' : 'curve'}
      actions={
        <>
          <Choice
            label={t.viewOf(title)}
            value={shown}
            options={viewOptions}
            onChange={(next) => setView(next === 'table' ? next : null)}
          />
          {hasImage && <DownloadMenu chart={title} image={getImage} />}
          {hasImage && <FullScreen chart={title} />}
        </>
      }
    >
      <LineChart
        label={title}
        drawing={drawing}
        formatCell={formatCell[style.axis]}
        group="run-curves"
        view={shown}
        onImage={setImage}
        onZoom={onZoom}
        empty={status.isCatchingUp ? t.loading : emptyText(status, isSmall)}
      />
    </Card>
  );
}

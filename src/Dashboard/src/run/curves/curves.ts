import { useMemo } from 'react';
import { isTerminal } from '../../api/types';
import { type Drawing, type Limits, type Point, type Rule, type Series, smoothed } from '../../charts/series';
import { useSearch } from '../../navigation/navigation';
import { duration, integer } from '../../text/format';
import { text } from '../../text/text';
import { type EpochPoint, lastSteps, type RunHistory, secondsAt } from '../history/runHistory';
import type { RunStatus } from '../history/status';
import type { Curve } from '../parent';

/** Horizontal axes of the curves. */
export const xAxes = ['epoch', 'step', 'time'] as const;
export type XAxis = (typeof xAxes)[number];

export interface CurveStyle {
  readonly axis: XAxis;
  /** Weight of the moving average, 0 to below 1. */
  readonly smoothing: number;
  /** The part of the axis that is shown; null: all of it. */
  readonly zoom: Limits | null;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly ignoresOutliers: boolean;
}

export const maximumSmoothing = 0.95;

const zoomShape = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/;

/**
 * The style of all curves of the page; it is in the URL. A run that diverged is shown by its steps and on a log scale, unless the user
 * chooses otherwise.
 */
export function useCurveStyle(history: RunHistory) {
  const [search, update] = useSearch();
  const isDiverged = history.failed?.class === 'diverged';
  const style = useMemo((): CurveStyle => {
    const usualAxis = isDiverged && history.epochs.length < 2 ? 'step' : 'epoch';
    const weight = Number(search.get('smooth') ?? 0);
    const [, from, to] = zoomShape.exec(search.get('zoom') ?? '') ?? [];
    return {
      axis: xAxes.find((one) => one === search.get('x')) ?? usualAxis,
      smoothing: Number.isFinite(weight) ? Math.min(Math.max(weight, 0), maximumSmoothing) : 0,
      zoom: Number(from) < Number(to) ? [Number(from), Number(to)] : null,
      isLogX: search.get('logx') === '1',
      isLogY: search.get('loss-scale') === null ? isDiverged : search.get('loss-scale') === 'log',
      ignoresOutliers: search.get('outliers') === 'hide',
    };
  }, [search, isDiverged, history.epochs.length]);
  const set = (name: string, value: string | null) =>
    update((params) => {
      // A zoom is in the units of its axis.
      if (name === 'x') {
        params.delete('zoom');
      }
      if (value === null) {
        params.delete(name);
      } else {
        params.set(name, value);
      }
    });
  const setZoom = (zoom: Limits | null) =>
    set('zoom', zoom === null ? null : zoom.map((end) => Number(Math.max(end, 0).toPrecision(6))).join('-'));
  return { style, set, setZoom };
}

/** The later half of a range, or the range of twice the width with the same end. */
export const zoomed = ([from, to]: Limits, by: 'in' | 'out'): Limits =>
  by === 'in' ? [(from + to) / 2, to] : [Math.max(from - (to - from), 0), to];

const xOf = (axis: XAxis, point: { epoch: number; step: number; seconds: number }): number =>
  axis === 'epoch' ? point.epoch : axis === 'step' ? point.step : point.seconds;

export const epochX = (axis: XAxis, { epoch, step, elapsedSeconds }: EpochPoint): number =>
  xOf(axis, { epoch, step, seconds: elapsedSeconds });

/** On the epoch axis, epoch 3 of 100 steps spans 2 to 3. */
const stepX = (history: RunHistory, axis: XAxis, step: number): number =>
  xOf(axis, {
    epoch: step / Math.max(history.started?.stepsPerEpoch ?? 1, 1),
    step,
    seconds: axis === 'time' ? secondsAt(history, step) : 0,
  });

/** The end of the axis: the planned end of the run, so that the axis does not change; time, and a run that has ended, end with the last point. */
export function xEndOf(axis: XAxis, history: RunHistory, status: RunStatus): number {
  const stepsPerEpoch = Math.max(history.started?.stepsPerEpoch ?? 0, 1);
  const last = history.epochs.at(-1);
  if (axis === 'time') {
    const atFailure = history.failed?.step == null ? 0 : secondsAt(history, history.failed.step);
    return Math.max(history.progress?.elapsedSeconds ?? 0, last?.elapsedSeconds ?? 0, atFailure, 1e-3);
  }
  const steps = Math.max(status.step, history.failed?.step ?? 0, last?.step ?? 0);
  const reached = history.started === null ? status.epoch : steps / stepsPerEpoch;
  const end = isTerminal(status.state) && reached > 0 ? reached : Math.max(reached, status.epochs);
  return axis === 'epoch' ? end : end * stepsPerEpoch;
}

/** The horizontal axis of the curves. */
export const axisOf = ({ axis, zoom, isLogX }: CurveStyle, end: number): Drawing['x'] => ({
  name: text.charts.axes[axis],
  from: zoom?.[0] ?? (isLogX ? null : 0),
  to: Math.min(zoom?.[1] ?? end, end),
  isLog: isLogX,
  isWhole: zoom === null && axis !== 'time' && end >= 5,
  format: formatX[axis],
  tick: formatCell[axis],
});

/** The step at which the loss of a run stopped being finite. */
export function divergenceOf(history: RunHistory, axis: XAxis): readonly Rule[] {
  const { failed } = history;
  if (failed?.class !== 'diverged' || failed.step === null) {
    return [];
  }
  const { step } = failed;
  return [{ axis: 'x', at: stepX(history, axis, step), label: text.charts.notFinite(integer(step)) }];
}

/** The epoch that is shown beside the curves. */
export function markOf({ epochs }: RunHistory, axis: XAxis, epoch: number | null): readonly Rule[] {
  const point = epochs.find((one) => one.epoch === epoch);
  const at = epoch === 0 ? 0 : point === undefined ? null : epochX(axis, point);
  return at === null ? [] : [{ axis: 'x', at, label: '' }];
}

/** The accuracy of guessing. */
export const chanceOf = ({ started }: RunHistory): readonly Rule[] =>
  started === null ? [] : [{ axis: 'y', at: 1 / started.data.classNames.length, label: text.charts.chance }];

export const formatX: Readonly<Record<XAxis, (value: number) => string>> = {
  epoch: (value) => `${text.charts.epoch} ${Number(value.toFixed(2))}`,
  step: (value) => `${text.charts.axes.step} ${integer(value)}`,
  time: (value) => duration(value),
};

/** Formats the first column of a chart's table. */
export const formatCell: Readonly<Record<XAxis, (value: number) => string>> = {
  epoch: (value) => String(Number(value.toFixed(3))),
  step: integer,
  time: (value) => duration(value),
};

/** Train per step, train and validation per epoch, and the validation curve of the parent. */
export function curvesOf(
  history: RunHistory,
  parent: readonly Curve[] | undefined,
  metric: 'loss' | 'accuracy',
  style: CurveStyle,
): Series[] {
  const isLoss = metric === 'loss';
  const lastLosses = isLoss ? lastSteps(history) : [];
  const last = lastLosses.map(({ step, loss }): Point => [stepX(history, style.axis, step), loss]);
  // Their losses, instead of the means over several of them.
  const before = stepPoints(history, metric, style.axis, lastLosses[0]?.step ?? Number.POSITIVE_INFINITY);
  // A run that diverged in its first epoch has no other curve.
  const isAlone = history.failed?.class === 'diverged' && history.epochs.length === 0;
  const ofParent = parent?.find((one) => one.metric === `validation_${metric}`)?.points ?? [];
  return [
    {
      id: 'train-steps',
      name: text.charts.trainSteps,
      color: '--series-train',
      look: isAlone ? 'line' : 'faint',
      points: smoothed(isAlone ? [...before, ...last] : before, style.smoothing),
    },
    {
      id: 'train',
      name: text.charts.train,
      color: '--series-train',
      look: 'line',
      points: epochPoints(history.epochs, style, (point) => (isLoss ? point.trainLoss : point.trainAccuracy)),
    },
    {
      id: 'validation',
      name: text.charts.validation,
      color: '--series-validation',
      look: 'mark',
      points: epochPoints(history.epochs, style, (point) => (isLoss ? point.validationLoss : point.validationAccuracy)),
    },
    ...(isAlone || last.length === 0
      ? []
      : [
          {
            id: 'last-steps',
            name: text.charts.lastSteps,
            color: '--series-train',
            look: 'line' as const,
            points: smoothed(last, style.smoothing),
          },
        ]),
    ...(ofParent.length === 0
      ? []
      : [
          {
            id: 'parent',
            name: text.charts.parent,
            color: '--text-3',
            look: 'line' as const,
            dash: [5, 4],
            points: smoothed(
              ofParent.map((point): Point => [xOf(style.axis, { ...point, seconds: point.seconds ?? 0 }), point.value]),
              style.smoothing,
            ),
          },
        ]),
  ];
}

/** A curve with one value per epoch. */
export const epochCurve = (
  epochs: RunHistory['epochs'],
  style: CurveStyle,
  name: string,
  value: (point: EpochPoint) => number | null,
): Series[] => [
  { id: 'epochs', name, color: '--series-train', look: 'mark', points: epochPoints(epochs, style, value) },
];

const epochPoints = (
  epochs: RunHistory['epochs'],
  { axis, smoothing }: CurveStyle,
  value: (point: EpochPoint) => number | null,
): readonly Point[] =>
  smoothed(
    epochs.map((point) => [epochX(axis, point), value(point)]),
    smoothing,
  );

/**
 * The steps before `end`. Short epochs have fewer progress events than epoch events: a line through them would cut across the curve, so
 * there is none.
 */
function stepPoints(history: RunHistory, metric: 'loss' | 'accuracy', axis: XAxis, end: number): Point[] {
  const { steps, started, epochs } = history;
  const stepsPerEpoch = started?.stepsPerEpoch ?? 0;
  return stepsPerEpoch <= 0 || steps.points.length < epochs.length
    ? []
    : steps.points
        .filter(({ step }) => step < end)
        .map((point) => [xOf(axis, { ...point, epoch: point.step / stepsPerEpoch }), point[metric]]);
}

import { useMemo } from 'react';
import { axisEnd, type Point, type Series, smoothed } from '../../charts/series';
import { useSearch } from '../../navigation/navigation';
import { duration, integer } from '../../text/format';
import { text } from '../../text/text';
import type { EpochPoint, RunHistory } from '../history/runHistory';
import type { RunStatus } from '../history/status';

/** Horizontal axes of the curves. */
export const xAxes = ['epoch', 'step', 'time'] as const;
export type XAxis = (typeof xAxes)[number];

export interface CurveStyle {
  readonly axis: XAxis;
  /** Weight of the moving average, 0 to below 1. */
  readonly smoothing: number;
}

export const maximumSmoothing = 0.95;

/** The style of all curves of the page; it is in the URL. */
export function useCurveStyle() {
  const [search, update] = useSearch();
  const axis = xAxes.find((one) => one === search.get('x')) ?? 'epoch';
  const weight = Number(search.get('smooth') ?? 0);
  const smoothing = Number.isFinite(weight) ? Math.min(Math.max(weight, 0), maximumSmoothing) : 0;
  const style: CurveStyle = useMemo(() => ({ axis, smoothing }), [axis, smoothing]);
  return {
    style,
    setAxis: (next: XAxis) => update((params) => (next === 'epoch' ? params.delete('x') : params.set('x', next))),
    setSmoothing: (next: number) =>
      update((params) => (next === 0 ? params.delete('smooth') : params.set('smooth', String(next)))),
  };
}

const xOf = (axis: XAxis, point: { epoch: number; step: number; seconds: number }): number =>
  axis === 'epoch' ? point.epoch : axis === 'step' ? point.step : point.seconds;

export const epochX = (axis: XAxis, { epoch, step, elapsedSeconds }: EpochPoint): number =>
  xOf(axis, { epoch, step, seconds: elapsedSeconds });

/** The end of the axis: epochs and steps grow towards the end of the run, time ends with the last point. */
export function xEndOf(axis: XAxis, history: RunHistory, status: RunStatus): number {
  const stepsPerEpoch = history.started?.stepsPerEpoch ?? 0;
  const last = history.epochs.at(-1);
  if (axis === 'time') {
    return Math.max(history.progress?.elapsedSeconds ?? 0, last?.elapsedSeconds ?? 0, 1);
  }
  const epochs = stepsPerEpoch > 0 ? status.step / stepsPerEpoch : status.epoch;
  const end = axisEnd(Math.max(epochs, last?.epoch ?? 0), status.epochs);
  return axis === 'epoch' ? end : end * Math.max(stepsPerEpoch, 1);
}

export const formatX: Readonly<Record<XAxis, (value: number) => string>> = {
  epoch: (value) => `${text.charts.epoch} ${Number(value.toFixed(2))}`,
  step: (value) => `${text.charts.axes.step} ${integer(value)}`,
  time: (value) => duration(value),
};

/** Formats the first column of a chart's table. */
export const formatCell: Readonly<Record<XAxis, (value: number) => string>> = {
  epoch: (value) => String(value),
  step: integer,
  time: (value) => duration(value),
};

/** Train per step, and train and validation per epoch. */
export function curvesOf(history: RunHistory, metric: 'loss' | 'accuracy', style: CurveStyle): Series[] {
  const isLoss = metric === 'loss';
  return [
    {
      id: 'train-steps',
      name: text.charts.trainSteps,
      color: '--series-train',
      look: 'faint',
      points: smoothed(stepPoints(history, metric, style.axis), style.smoothing),
    },
    {
      id: 'train',
      name: text.charts.train,
      color: '--series-train',
      look: 'line',
      points: epochPoints(history, style, (point) => (isLoss ? point.trainLoss : point.trainAccuracy)),
    },
    {
      id: 'validation',
      name: text.charts.validation,
      color: '--series-validation',
      look: 'mark',
      points: epochPoints(history, style, (point) => (isLoss ? point.validationLoss : point.validationAccuracy)),
    },
  ];
}

/** A curve with one value per epoch. */
export const epochCurve = (
  history: RunHistory,
  style: CurveStyle,
  name: string,
  value: (point: EpochPoint) => number | null,
): Series[] => [
  { id: 'epochs', name, color: '--series-train', look: 'mark', points: epochPoints(history, style, value) },
];

const epochPoints = (
  history: RunHistory,
  { axis, smoothing }: CurveStyle,
  value: (point: EpochPoint) => number | null,
): readonly Point[] =>
  smoothed(
    history.epochs.map((point) => [epochX(axis, point), value(point)]),
    smoothing,
  );

/**
 * On the epoch axis, epoch 3 of 100 steps spans 2 to 3. Short epochs have fewer progress events than epoch events: a line through them
 * would cut across the curve, so there is none.
 */
function stepPoints({ steps, started, epochs }: RunHistory, metric: 'loss' | 'accuracy', axis: XAxis): Point[] {
  const stepsPerEpoch = started?.stepsPerEpoch ?? 0;
  return stepsPerEpoch <= 0 || steps.points.length < epochs.length
    ? []
    : steps.points.map((point) => [
        xOf(axis, { epoch: point.step / stepsPerEpoch, step: point.step, seconds: point.seconds }),
        point[metric],
      ]);
}

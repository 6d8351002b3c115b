import type { Point, Series } from '../../charts/series';
import { smoothed } from '../../charts/smooth';
import { text } from '../../text/text';
import type { EpochPoint, RunView } from '../view/runView';
import { type XAxis, xOf } from './axis';

/** How curves are drawn: over what, and how smooth. */
export interface CurveStyle {
  readonly axis: XAxis;
  /** Weight of the moving average, 0 to below 1. */
  readonly smoothing: number;
}

type Metric = 'loss' | 'accuracy';

/** The curves of a run in a metric: within epochs, and train and validation by epoch. */
export function curvesOf(view: RunView, metric: Metric, style: CurveStyle): Series[] {
  const isLoss = metric === 'loss';
  return [
    {
      id: 'train-steps',
      name: text.charts.trainSteps,
      color: '--series-train',
      style: 'faint',
      points: smoothed(withinEpochs(view, metric, style.axis), style.smoothing),
    },
    {
      id: 'train',
      name: text.charts.train,
      color: '--series-train',
      style: 'line',
      points: byEpoch(view, style, (point) => (isLoss ? point.trainLoss : point.trainAccuracy)),
    },
    {
      id: 'validation',
      name: text.charts.validation,
      color: '--series-validation',
      style: 'mark',
      points: byEpoch(view, style, (point) => (isLoss ? point.validationLoss : point.validationAccuracy)),
    },
  ];
}

/** One curve of what every epoch tells once. */
export function epochCurve(
  view: RunView,
  style: CurveStyle,
  name: string,
  value: (point: EpochPoint) => number | null,
): Series[] {
  return [{ id: 'epochs', name, color: '--series-train', style: 'mark', points: byEpoch(view, style, value) }];
}

export const epochX = (axis: XAxis, { epoch, step, elapsedSeconds }: EpochPoint): number =>
  xOf(axis, { epoch, step, seconds: elapsedSeconds });

function byEpoch(view: RunView, { axis, smoothing }: CurveStyle, value: (point: EpochPoint) => number | null) {
  const points = view.epochs.map((point): Point => [epochX(axis, point), value(point)]);
  return smoothed(points, smoothing);
}

/**
 * On the axis of epochs, epoch 3 of 100 steps spans 2 to 3. Epochs that are over faster than progress is told have nothing within:
 * a line through the few points would cut across the curve.
 */
function withinEpochs({ steps, started, epochs }: RunView, metric: Metric, axis: XAxis): Point[] {
  const stepsPerEpoch = started?.stepsPerEpoch ?? 0;
  return stepsPerEpoch <= 0 || steps.points.length < epochs.length
    ? []
    : steps.points.map((point) => [
        xOf(axis, { epoch: point.step / stepsPerEpoch, step: point.step, seconds: point.seconds }),
        point[metric],
      ]);
}

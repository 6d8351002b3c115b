import { axisEnd, type Point, type Series } from '../charts/series';
import { text } from '../text/text';
import type { Present } from './view/present';
import type { EpochPoint, RunView } from './view/runView';

type Metric = 'loss' | 'accuracy';

/** The curves of a run in a metric: within epochs, and train and validation by epoch. */
export function curvesOf(view: RunView, metric: Metric): Series[] {
  const byEpoch = (value: (point: EpochPoint) => number | null): Point[] =>
    view.epochs.map((point) => [point.epoch, value(point)]);
  const isLoss = metric === 'loss';
  return [
    {
      id: 'train-steps',
      name: text.charts.trainSteps,
      color: '--series-train',
      style: 'faint',
      points: withinEpochs(view, metric),
    },
    {
      id: 'train',
      name: text.charts.train,
      color: '--series-train',
      style: 'line',
      points: byEpoch((point) => (isLoss ? point.trainLoss : point.trainAccuracy)),
    },
    {
      id: 'validation',
      name: text.charts.validation,
      color: '--series-validation',
      style: 'mark',
      points: byEpoch((point) => (isLoss ? point.validationLoss : point.validationAccuracy)),
    },
  ];
}

/** Steps are put on the axis of epochs: epoch 3 of 100 steps spans 2 to 3. */
function withinEpochs({ steps, started }: RunView, metric: Metric): Point[] {
  const stepsPerEpoch = started?.stepsPerEpoch ?? 0;
  return stepsPerEpoch <= 0 ? [] : steps.points.map((point) => [point.step / stepsPerEpoch, point[metric]]);
}

/** End of the axis of epochs. */
export function epochAxisEnd(view: RunView, present: Present): number {
  const stepsPerEpoch = view.started?.stepsPerEpoch ?? 0;
  const now = stepsPerEpoch > 0 ? present.step / stepsPerEpoch : present.epoch;
  return axisEnd(Math.max(now, view.epochs.at(-1)?.epoch ?? 0), present.epochs);
}

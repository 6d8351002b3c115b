import { axisEnd } from '../../charts/series';
import { duration, integer } from '../../text/format';
import { text } from '../../text/text';
import type { Present } from '../view/present';
import type { RunView } from '../view/runView';

/** What the curves are drawn over. */
export const xAxes = ['epoch', 'step', 'time'] as const;
export type XAxis = (typeof xAxes)[number];

export const asXAxis = (value: string | null): XAxis => xAxes.find((axis) => axis === value) ?? 'epoch';

/** A point of the run on the axis. */
export function xOf(axis: XAxis, point: { epoch: number; step: number; seconds: number }): number {
  return axis === 'epoch' ? point.epoch : axis === 'step' ? point.step : point.seconds;
}

/** Where the axis ends: epochs and steps grow towards the end of the run, time goes as far as it went. */
export function xEndOf(axis: XAxis, view: RunView, present: Present): number {
  const stepsPerEpoch = view.started?.stepsPerEpoch ?? 0;
  const last = view.epochs.at(-1);
  if (axis === 'time') {
    return Math.max(view.progress?.elapsedSeconds ?? 0, last?.elapsedSeconds ?? 0, 1);
  }
  const epochs = stepsPerEpoch > 0 ? present.step / stepsPerEpoch : present.epoch;
  const end = axisEnd(Math.max(epochs, last?.epoch ?? 0), present.epochs);
  return axis === 'epoch' ? end : end * Math.max(stepsPerEpoch, 1);
}

export const formatX: Readonly<Record<XAxis, (value: number) => string>> = {
  epoch: (value) => `${text.charts.epoch} ${Number(value.toFixed(2))}`,
  step: (value) => `${text.charts.axes.step} ${integer(value)}`,
  time: (value) => duration(value),
};

/** A value in the first column of a table. */
export const formatCell: Readonly<Record<XAxis, (value: number) => string>> = {
  epoch: (value) => String(value),
  step: integer,
  time: (value) => duration(value),
};

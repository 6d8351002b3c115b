import type { RunObservations } from '../../api/types';
import type { Point } from '../../charts/series';
import { type Statistic, statistics } from '../../run/layers/statistics';
import type { LessonMeasure } from '../useLessons';
import { frameAt } from './frameAt';

/** The statistic of layers that a measure is; null for another measure. */
export const statisticOf = (measure: LessonMeasure | null | undefined): Statistic | null =>
  measure == null ? null : (byMeasure[measure] ?? null);

const byMeasure: Readonly<Partial<Record<LessonMeasure, Statistic>>> = {
  gradient_norm: 'gradient-norm',
  activation_gradient_norm: 'activation-gradient',
  activation_mean: 'activation-mean',
  activation_std: 'activation-std',
  zero_share: 'zero-share',
  dead_share: 'dead-share',
  saturated_share: 'saturated-share',
  weight_norm: 'weight-norm',
  update_ratio: 'update-ratio',
  unit_spread: 'unit-spread',
};

/** A statistic from layer to layer at an epoch: x counts the layers of the kind from 1. A log axis has no place for 0. */
export function layerLine(
  observed: RunObservations,
  epoch: number,
  statistic: Statistic,
  kind: string | null,
  isLog: boolean,
): readonly Point[] {
  const read = statistics[statistic];
  return (frameAt(observed.epochs, epoch)?.layers ?? [])
    .filter((layer) => kind === null || layer.kind === kind)
    .map(read)
    .map((value, index): Point => [index + 1, isLog && value !== null && value <= 0 ? null : value])
    .filter(([, value], _, all) => value !== null || all.some(([, other]) => other !== null));
}

import type { Point } from '../charts/series';
import type { SessionFrame } from './messages';

/** The losses so far, by epochs (with fractions). */
export interface LossHistory {
  readonly train: readonly Point[];
  readonly validation: readonly Point[];
}

export const emptyHistory: LossHistory = { train: [], validation: [] };

/** More points than pixels show nothing more. */
const mostPoints = 600;

/** Every second point, and the last one. */
const thinned = (points: readonly Point[]): Point[] =>
  points.filter((_, index) => index % 2 === 0 || index === points.length - 1);

/**
 * The history with a frame; it replaces what was drawn from its position on, as where an epoch begins again with batches of another size. Old points become sparser
 * as there are more.
 */
export function withFrame(history: LossHistory, frame: SessionFrame): LossHistory {
  const x = frame.epoch + frame.stepInEpoch / frame.stepsPerEpoch;
  const add = (points: readonly Point[], y: number | null): readonly Point[] => {
    const kept = (points.at(-1)?.[0] ?? -1) < x ? points : points.filter(([earlier]) => earlier < x);
    return [...(kept.length >= mostPoints ? thinned(kept) : kept), [x, y]];
  };
  return { train: add(history.train, frame.trainLoss), validation: add(history.validation, frame.validationLoss) };
}

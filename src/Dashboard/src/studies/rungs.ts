import type { StudyDetail } from './useStudies';

/** The epochs at which trials pause, below the length of training; none without ASHA and successive halving. */
export function rungsOf(stopping: StudyDetail['definition']['stopping'], epochs: number): readonly number[] {
  if (stopping == null || stopping.name === 'median') {
    return [];
  }
  const factor = stopping.reductionFactor ?? 3;
  const rungs: number[] = [];
  for (
    let epoch = (stopping.minimumEpochs ?? 1) * factor ** (stopping.earlyStoppingRate ?? 0);
    epoch < epochs;
    epoch *= factor
  ) {
    rungs.push(epoch);
  }
  return rungs;
}

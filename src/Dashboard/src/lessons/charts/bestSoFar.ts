import type { Point } from '../../charts/series';
import type { TrialEntry } from '../../studies/useStudies';

/** The best value of the trials up to each one, in order of their numbers from 1; nothing before the first value. */
export function bestSoFar(
  trials: readonly Pick<TrialEntry, 'number' | 'value'>[],
  isMinimized: boolean,
): readonly Point[] {
  let best: number | null = null;
  return trials.flatMap(({ number, value }): Point[] => {
    if (value !== null && (best === null || (isMinimized ? value < best : value > best))) {
      best = value;
    }
    return best === null ? [] : [[number + 1, best]];
  });
}

/** Epochs that trials have trained, over all runs: a trial that was stopped early counts for the epochs that it had. */
export const trainedEpochs = (trials: readonly Pick<TrialEntry, 'epochs' | 'runs'>[]): number =>
  trials.reduce((sum, { epochs, runs }) => sum + epochs * runs.reduce((part, { progress }) => part + progress, 0), 0);

import type { RunSummary } from '../../api/types';
import type { LessonDetail } from '../useLessons';

/** What a cell of a table of runs tells: learned or failed to converge; interrupted: nothing, because its run was cancelled, or failed for another reason. */
export type CellOutcome = 'learned' | 'failed' | 'interrupted';

/** Undefined while it is open: a run that trains may still converge, and a lesson without a level says nothing about convergence. */
export function cellOutcome(
  { state, failure }: Pick<RunSummary, 'state' | 'failure'>,
  trainAccuracy: number | null | undefined,
  level: number | null,
): CellOutcome | undefined {
  if (state === 'failed' || state === 'cancelled') {
    return failure?.class === 'diverged' ? 'failed' : 'interrupted';
  }
  if (trainAccuracy == null || level === null) {
    return undefined;
  }
  return trainAccuracy > level ? 'learned' : state === 'succeeded' ? 'failed' : undefined;
}

/** The training accuracy above which a run of the lesson has converged, as its claims have it; null if they say nothing about that. */
export function convergenceLevel({ expected }: Pick<LessonDetail, 'expected'>): number | null {
  const quantities = expected.flatMap(({ value, minus, over }) => [value, minus, over]);
  return quantities.find((quantity) => quantity?.measure === 'converged')?.level ?? null;
}

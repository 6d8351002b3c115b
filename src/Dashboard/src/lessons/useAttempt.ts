import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { api, ensureOk, unwrap } from '../api/client';
import { ApiError } from '../api/problem';
import { isTerminal } from '../api/types';
import { done, hasEnded } from '../studies/useStudies';
import type { LessonAttempt } from './useLessons';

/** How many trials of the studies of an attempt have ended, of how many; null until all are known. Studies that change make it stale, see useLiveLesson. */
export const useTrialProgress = ({ studies }: LessonAttempt): { ended: number; all: number } | null =>
  useQueries({
    queries: studies
      .filter(({ state }) => state !== null)
      .map(({ study }) => ({
        queryKey: ['study', study],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          unwrap(api.GET('/api/v1/studies/{id}', { params: { path: { id: study } }, signal })),
      })),
    combine: (results) => {
      const known = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
      return known.length < results.length
        ? null
        : {
            ended: known.reduce((sum, study) => sum + done(study), 0),
            // A study that has ended starts no more trials.
            all: known.reduce((sum, study) => sum + (hasEnded(study.state) ? done(study) : study.trials), 0),
          };
    },
  });

/** Cancels the runs and studies of an attempt that have not ended. */
export function useCancelAttempt({ lesson, runs, studies }: LessonAttempt) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const answers = await Promise.allSettled([
        ...studies
          .filter(({ state }) => state !== null && !hasEnded(state))
          .map(({ study }) => ensureOk(api.POST('/api/v1/studies/{id}/cancel', { params: { path: { id: study } } }))),
        // The last ones first: those wait in the queue, and need not begin.
        ...runs
          .filter(({ state }) => state !== null && !isTerminal(state))
          .toReversed()
          .map(({ run }) => ensureOk(api.POST('/api/v1/runs/{id}/cancel', { params: { path: { id: run } } }))),
      ]);
      const failure = answers.find((answer) => answer.status === 'rejected' && !isEnded(answer.reason));
      if (failure?.status === 'rejected') {
        throw failure.reason;
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['lesson-outcome', lesson] }),
  });
}

/** It has ended in the meantime, or is being cancelled. */
const isEnded = (reason: unknown): boolean => reason instanceof ApiError && reason.problem.status === 409;

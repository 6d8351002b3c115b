import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { DecisionFilm, RunObservations } from '../../api/types';
import type { ShownRun } from '../shownRuns';

/** The layer statistics of each run; undefined until they are there. Runs that change make them stale, see useLiveLesson. */
export const useObservationsOf = (
  runs: readonly ShownRun[],
  histograms: boolean,
): readonly (RunObservations | undefined)[] =>
  useQueries({
    queries: runs.map((one) => ({
      queryKey: ['lesson-observations', one.run, histograms],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(
          api.GET('/api/v1/runs/{id}/observations', {
            params: { path: { id: one.run }, query: { histograms } },
            signal,
          }),
        ),
    })),
    combine: (results) => results.map(({ data }) => data),
  });

/** The films of the decision boundary of each run, in the same way. */
export const useFilmsOf = (runs: readonly ShownRun[]): readonly (DecisionFilm | undefined)[] =>
  useQueries({
    queries: runs.map((one) => ({
      queryKey: ['lesson-film', one.run],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(api.GET('/api/v1/runs/{id}/decision-frames', { params: { path: { id: one.run } }, signal })),
    })),
    combine: (results) => results.map(({ data }) => data),
  });

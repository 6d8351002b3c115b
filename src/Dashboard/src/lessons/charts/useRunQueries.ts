import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { DecisionFilm, RunObservations } from '../../api/types';
import type { ShownRun } from '../shownRuns';

/** How often the results of a run that trains are read again. */
const interval = 1_500;

// A run that has ended has another key: its results are read once more.
const keyOf = ({ run, hasEnded }: ShownRun) => [run, hasEnded] as const;

/** The layer statistics of each run; undefined until they are there. */
export const useObservationsOf = (
  runs: readonly ShownRun[],
  histograms: boolean,
): readonly (RunObservations | undefined)[] =>
  useQueries({
    queries: runs.map((one) => ({
      queryKey: ['lesson-observations', histograms, ...keyOf(one)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(
          api.GET('/api/v1/runs/{id}/observations', {
            params: { path: { id: one.run }, query: { histograms } },
            signal,
          }),
        ),
      refetchInterval: one.hasEnded ? (false as const) : interval,
    })),
    combine: (results) => results.map(({ data }) => data),
  });

/** The films of the decision boundary of each run; undefined until they are there. */
export const useFilmsOf = (runs: readonly ShownRun[]): readonly (DecisionFilm | undefined)[] =>
  useQueries({
    queries: runs.map((one) => ({
      queryKey: ['lesson-film', ...keyOf(one)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(api.GET('/api/v1/runs/{id}/decision-frames', { params: { path: { id: one.run } }, signal })),
      refetchInterval: one.hasEnded ? (false as const) : interval,
    })),
    combine: (results) => results.map(({ data }) => data),
  });

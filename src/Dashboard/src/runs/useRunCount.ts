import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { api, unwrap } from '../api/client';
import { useRunChanges } from '../live/useRunChanges';
import { filterParameters, type RunFilter } from './filters';
import { runCounts } from './queryKeys';

/** The service does not count beyond this; one more means that there are more. */
export const maximumCounted = 100_000;

/** Counting takes longer than reading a page of the list, so changes are counted together. */
const refreshMilliseconds = 10_000;

export interface RunCount {
  /** Null until it is known. */
  readonly count: number | null;
  /** Whether it is the number of another filter, until that of this one is there. */
  readonly isOfBefore: boolean;
}

/** What of a list says whether its runs are all that match. */
interface ListedRuns {
  readonly runs: readonly unknown[];
  readonly hasNextPage: boolean;
  /** Whether the runs are those of this filter, not of the one before. */
  readonly isCurrent: boolean;
}

/**
 * The number of all runs that match a filter. A list that is complete has it; that of a longer one is requested after the list, which does not wait for it, and
 * again at intervals while runs change.
 */
export function useRunCount(filter: RunFilter, { runs, hasNextPage, isCurrent }: ListedRuns): RunCount {
  const queries = useQueryClient();
  const parameters = useMemo(() => filterParameters(filter), [filter]);
  const queryKey = useMemo(() => [...runCounts, parameters] as const, [parameters]);
  const isAsked = isCurrent && hasNextPage;
  const isComplete = isCurrent && !hasNextPage;
  const { data, isPlaceholderData } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/api/v1/runs/count', { params: { query: parameters }, signal }))).total,
    enabled: isAsked,
    placeholderData: (before) => before,
  });

  const isStale = useRef(false);
  useRunChanges(({ changed, deleted, missed }) => {
    isStale.current ||= missed || changed.length > 0 || deleted.length > 0;
  });
  useEffect(() => {
    if (!isAsked) {
      return;
    }
    const timer = setInterval(() => {
      if (isStale.current) {
        isStale.current = false;
        void queries.invalidateQueries({ queryKey });
      }
    }, refreshMilliseconds);
    return () => clearInterval(timer);
  }, [isAsked, queryKey, queries]);

  // What is shown until the number of the next filter is there.
  useEffect(() => {
    if (isComplete) {
      queries.setQueryData<number>(queryKey, runs.length);
    }
  }, [isComplete, runs.length, queryKey, queries]);

  return isComplete
    ? { count: runs.length, isOfBefore: false }
    : { count: data ?? null, isOfBefore: isPlaceholderData };
}

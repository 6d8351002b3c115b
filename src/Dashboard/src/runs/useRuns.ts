import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { api, unwrap } from '../api/client';
import type { RunPage, RunSummary } from '../api/types';
import { useRunChanges } from '../live/useRunChanges';
import { type ColumnId, requestedColumns } from './columns';
import { filterParameters, isDefaultOrder, type RunFilter } from './filters';
import { catchUp, mergeRuns, withoutRuns } from './mergeRuns';
import { runLists } from './queryKeys';

type Pages = InfiniteData<RunPage, string | null>;

const keyOf = (filter: RunFilter, columns: readonly string[]) => [...runLists, filter, columns] as const;

/** The API's maximum. */
const pageSize = 200;

/** Interval of refetching lists whose order only the service knows. */
const refreshMilliseconds = 5_000;
/** Longer lists are not refetched. */
const maximumPagesToRefresh = 3;

/** Keeps the newest summary of each of the last 500 changed runs. */
function remember(recent: Map<string, RunSummary>, changed: readonly RunSummary[]): void {
  for (const run of changed) {
    recent.delete(run.id);
    recent.set(run.id, run);
  }
  for (const id of recent.keys()) {
    if (recent.size <= 500) {
      break;
    }
    recent.delete(id);
  }
}

/** The matching runs, updated live. */
export function useRuns(filter: RunFilter, shown: readonly ColumnId[]) {
  const queries = useQueryClient();
  // Recent updates of the stream: an older REST response must not overwrite them.
  const recent = useRef(new Map<string, RunSummary>());
  const deleted = useRef(new Set<string>());
  const stale = useRef(false);

  const columns = useMemo(() => requestedColumns(shown), [shown]);
  const isServerOrdered = !isDefaultOrder(filter) || columns.length > 0;

  const runs = useInfiniteQuery({
    queryKey: keyOf(filter, columns),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const page = await unwrap(
        api.GET('/api/v1/runs', {
          params: {
            query: {
              limit: pageSize,
              ...(pageParam === null ? {} : { after: pageParam }),
              ...filterParameters(filter),
              ...(filter.sort === null ? {} : { sort: filter.sort }),
              ...(columns.length === 0 ? {} : { columns: columns.join(',') }),
            },
          },
          signal,
        }),
      );
      // A response in flight may still list deleted runs.
      const known = withoutRuns([page], deleted.current)[0] ?? page;
      return catchUp(known, recent.current, filter, pageParam === null);
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

  // Changes before the subscription are not in the stream. A request in flight may have been answered before, so it is cancelled.
  const refresh = async () => {
    await queries.cancelQueries({ queryKey: runLists });
    await queries.invalidateQueries({ queryKey: runLists });
  };
  useRunChanges(({ changed, deleted: gone, missed }) => {
    if (missed) {
      void refresh();
    }
    remember(recent.current, changed);
    for (const id of gone) {
      recent.current.delete(id);
      deleted.current.add(id);
    }
    const removed = new Set(gone);
    stale.current ||= changed.length > 0;
    for (const [key, pages] of queries.getQueriesData<Pages>({ queryKey: runLists })) {
      const filterOf = key[1] as RunFilter | undefined;
      if (pages !== undefined && filterOf !== undefined) {
        queries.setQueryData<Pages>(key, {
          ...pages,
          pages: withoutRuns(mergeRuns(pages.pages, changed, filterOf), removed),
        });
      }
    }
  });

  // Only the service knows the order by a metric, and the values of additional columns.
  useEffect(() => {
    if (!isServerOrdered) {
      return;
    }
    const timer = setInterval(() => {
      const queryKey = keyOf(filter, columns);
      const pages = queries.getQueryData<Pages>(queryKey)?.pages.length ?? 0;
      if (stale.current && pages <= maximumPagesToRefresh) {
        stale.current = false;
        void queries.invalidateQueries({ queryKey });
      }
    }, refreshMilliseconds);
    return () => clearInterval(timer);
  }, [isServerOrdered, filter, columns, queries]);

  return runs;
}

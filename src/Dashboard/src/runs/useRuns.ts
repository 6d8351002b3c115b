import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answered, api } from '../api/client';
import type { RunPage, RunSummary } from '../api/types';
import { useLive } from '../live/LiveProvider';
import type { RunFilter } from './filters';
import { catchUp, mergeRuns } from './mergeRuns';

type Pages = InfiniteData<RunPage, string | null>;

const root = ['runs'] as const;
const keyOf = (filter: RunFilter) => [...root, filter] as const;

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

/** The runs that match, newest first, kept fresh by the hub. */
export function useRuns(filter: RunFilter) {
  const live = useLive();
  const queries = useQueryClient();
  // What the stream told lately: an answer of REST that was read before must not take it back.
  const recent = useRef(new Map<string, RunSummary>());

  const runs = useInfiniteQuery({
    queryKey: keyOf(filter),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const page = await answered(
        api.GET('/api/v1/runs', {
          params: {
            query: {
              limit: 50,
              ...(pageParam === null ? {} : { after: pageParam }),
              ...(filter.states.length === 0 ? {} : { state: [...filter.states] }),
              ...(filter.experiment === null ? {} : { experiment: filter.experiment }),
            },
          },
          signal,
        }),
      );
      return catchUp(page, recent.current, filter, pageParam === null);
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

  useEffect(() => {
    let isFirst = true;
    // What changed before the stream began is not in it: the list is asked for again once the stream speaks. A request that is on its
    // way may have been answered before, so it does not count.
    const refresh = async () => {
      await queries.cancelQueries({ queryKey: root });
      await queries.invalidateQueries({ queryKey: root });
    };
    const handle = live.open<RunSummary[]>({
      method: 'WatchRuns',
      args: () => [],
      onOpen: () => {
        isFirst = true;
      },
      onItem: (changed) => {
        if (isFirst) {
          isFirst = false;
          void refresh();
        }
        remember(recent.current, changed);
        for (const [key, pages] of queries.getQueriesData<Pages>({ queryKey: root })) {
          const of = key[1] as RunFilter | undefined;
          if (pages !== undefined && of !== undefined) {
            queries.setQueryData<Pages>(key, { ...pages, pages: mergeRuns(pages.pages, changed, of) });
          }
        }
      },
    });
    return () => handle.close();
  }, [live, queries]);

  return runs;
}

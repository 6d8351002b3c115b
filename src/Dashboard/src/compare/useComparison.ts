import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answered, api } from '../api/client';
import { isTerminal, type RunSummary } from '../api/types';
import { useLive } from '../live/LiveProvider';
import { type Comparison, fewest, pointsWanted } from './comparison';
import { withNews } from './live';

const keyOf = (runs: readonly string[]) => ['compare', ...runs] as const;

/** News are drawn in groups: twice a second is live to the eye and leaves the page free in between. */
const groupMilliseconds = 500;

/** How long the streamed points stand before the comparison is read again: bands, notes and epochs in between come with it. */
const rereadMilliseconds = 30_000;

/** The comparison of some runs, kept fresh by the hub while they train. */
export function useComparison(runs: readonly string[]): UseQueryResult<Comparison> {
  const live = useLive();
  const queries = useQueryClient();
  // What the stream told lately: an answer that was read before must not take it back.
  const recent = useRef(new Map<string, RunSummary>());
  const id = runs.join(' ');

  const comparison = useQuery<Comparison>({
    queryKey: keyOf(runs),
    enabled: runs.length >= fewest,
    // Looking for equal parts in a hundred thousand points costs more than drawing them again.
    structuralSharing: false,
    // A run added to those on the screen should not blank it.
    placeholderData: (before) => before,
    queryFn: async ({ signal }) => {
      const query = { run: [...runs], points: pointsWanted };
      const answer = await answered(api.GET('/api/v1/compare', { params: { query }, signal }));
      return withNews(answer, [...recent.current.values()]);
    },
  });

  useEffect(() => {
    const chosen = new Set(id === '' ? [] : id.split(' '));
    const queryKey = keyOf([...chosen]);
    if (chosen.size < fewest) {
      return;
    }
    recent.current.clear();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let group: RunSummary[][] = [];
    let grouping: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const news = group;
      group = [];
      grouping = undefined;
      queries.setQueryData<Comparison>(queryKey, (known) => known && news.reduce(withNews, known));
    };
    const reread = () => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey });
    };
    let isFirst = true;
    const handle = live.open<RunSummary[]>({
      method: 'WatchRuns',
      args: () => [],
      onOpen: () => {
        isFirst = true;
      },
      onItem: (changed) => {
        const ours = changed.filter((run) => chosen.has(run.id));
        for (const run of ours) {
          recent.current.set(run.id, run);
        }
        if (ours.length > 0) {
          group.push(ours);
          grouping ??= setTimeout(flush, groupMilliseconds);
          timer ??= setTimeout(reread, rereadMilliseconds);
        }
        // What changed before the stream began is not in it, and an end brings the last word on a run.
        if (isFirst || ours.some((run) => isTerminal(run.state))) {
          isFirst = false;
          clearTimeout(timer);
          reread();
        }
      },
    });
    return () => {
      clearTimeout(timer);
      clearTimeout(grouping);
      handle.close();
    };
  }, [live, queries, id]);

  return comparison;
}

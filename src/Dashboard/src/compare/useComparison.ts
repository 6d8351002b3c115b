import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { answered, api } from '../api/client';
import { ApiError } from '../api/problem';
import { isTerminal, type RunSummary } from '../api/types';
import { useLive } from '../live/LiveProvider';
import type { RunChanges } from '../live/runChanges';
import { type Comparison, fewest, type MetricName, pointsWanted } from './comparison';
import { onlyRuns, withNews } from './live';
import type { GoneRun } from './useChosenRuns';

/** All comparisons of some runs, whatever curves each of them has. */
const keyOf = (runs: string) => ['compare', runs] as const;

/** News are drawn in groups: twice a second is live to the eye and leaves the page free in between. */
const groupMilliseconds = 500;

/** How long the streamed points stand before the comparison is read again: bands, notes and epochs in between come with it. */
const rereadMilliseconds = 30_000;

interface Wanted {
  readonly runs: readonly string[];
  /** Whose curves are sent; best values are there of all metrics. */
  readonly metrics: readonly MetricName[];
  /** Hears of runs that exist no more; it takes them out of the choice. */
  readonly onGone: (gone: readonly GoneRun[]) => void;
}

/** The comparison of some runs, kept fresh by the hub while they train. */
export function useComparison({ runs, metrics, onGone }: Wanted): UseQueryResult<Comparison> {
  const live = useLive();
  const queries = useQueryClient();
  // What the stream told lately: an answer that was read before must not take it back.
  const recent = useRef(new Map<string, RunSummary>());
  const names = useRef(new Map<string, string>());
  const id = runs.join(' ');

  const gone = useRef((_: readonly string[]) => {});
  useEffect(() => {
    gone.current = (ids) => onGone(ids.map((id) => ({ id, name: names.current.get(id) ?? id.slice(-8) })));
  }, [onGone]);

  // A run added to those on the screen should not blank it, and one taken out leaves at once.
  const placeholderData = useCallback((before?: Comparison) => before && onlyRuns(before, runs), [runs]);
  const comparison = useQuery<Comparison>({
    queryKey: [...keyOf(id), ...metrics],
    enabled: runs.length >= fewest,
    // Looking for equal parts in a hundred thousand points costs more than drawing them again.
    structuralSharing: false,
    placeholderData,
    queryFn: async ({ signal }) => {
      const query = { run: [...runs], metric: [...metrics], points: pointsWanted };
      try {
        const answer = await answered(api.GET('/api/v1/compare', { params: { query }, signal }));
        for (const run of answer.runs) {
          names.current.set(run.id, run.name);
        }
        return withNews(answer, [...recent.current.values()]);
      } catch (error) {
        // It was deleted while nobody listened, or before the address was opened.
        const unknown = unknownRun(error, runs);
        if (unknown !== undefined) {
          gone.current([unknown]);
        }
        throw error;
      }
    },
  });

  useEffect(() => {
    const chosen = new Set(id === '' ? [] : id.split(' '));
    const queryKey = keyOf(id);
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
      queries.setQueriesData<Comparison>({ queryKey }, (known) => known && news.reduce(withNews, known));
    };
    const reread = () => {
      clearTimeout(timer);
      timer = undefined;
      void queries.invalidateQueries({ queryKey });
    };
    let isFirst = true;
    const handle = live.open<RunChanges>({
      method: 'WatchRunChanges',
      args: () => [],
      onOpen: () => {
        isFirst = true;
      },
      onItem: ({ changed, deleted, missed }) => {
        const left = deleted.filter((run) => chosen.has(run));
        if (left.length > 0) {
          // Other runs, another comparison: this stream ends with the choice.
          gone.current(left);
          return;
        }
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
        if (isFirst || missed || ours.some((run) => isTerminal(run.state))) {
          isFirst = false;
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

/** The run among these that the service does not know. */
const unknownRun = (error: unknown, runs: readonly string[]): string | undefined =>
  error instanceof ApiError ? runs.find((id) => id === error.problem.run) : undefined;

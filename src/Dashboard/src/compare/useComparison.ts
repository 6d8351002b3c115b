import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { api, unwrap } from '../api/client';
import { ApiError } from '../api/problem';
import { isTerminal, type RunSummary } from '../api/types';
import type { RunChanges } from '../live/followRun';
import { useLive } from '../live/LiveProvider';
import { type Comparison, type MetricName, minimumRuns, pointsPerCurve } from './comparison';
import { applyUpdates, restrictTo } from './liveUpdates';
import type { DeletedRun } from './useSelectedRuns';

/** Key of all comparisons of some runs, whatever their metrics. */
const keyOf = (runs: string) => ['compare', runs] as const;

/** Updates are rendered in groups, twice a second. */
const groupMilliseconds = 500;

/** Interval of refetching while runs train, for bands, notes and skipped epochs. */
const refetchMilliseconds = 30_000;

interface ComparisonOptions {
  readonly runs: readonly string[];
  /** Metrics with curves; best values are included for all metrics. */
  readonly metrics: readonly MetricName[];
  /** Removes deleted runs from the selection. */
  readonly onDeleted: (deleted: readonly DeletedRun[]) => void;
}

/** The comparison of some runs, updated live while they train. */
export function useComparison({ runs, metrics, onDeleted }: ComparisonOptions): UseQueryResult<Comparison> {
  const live = useLive();
  const queries = useQueryClient();
  // Recent updates of the stream: an older response must not overwrite them.
  const recent = useRef(new Map<string, RunSummary>());
  const names = useRef(new Map<string, string>());
  const id = runs.join(' ');

  const reportDeleted = useRef((_: readonly string[]) => {});
  useEffect(() => {
    reportDeleted.current = (ids) => onDeleted(ids.map((id) => ({ id, name: names.current.get(id) ?? id.slice(-8) })));
  }, [onDeleted]);

  // Adding a run keeps the others visible; removing one takes effect at once.
  const placeholderData = useCallback((before?: Comparison) => before && restrictTo(before, runs), [runs]);
  const comparison = useQuery<Comparison>({
    queryKey: [...keyOf(id), ...metrics],
    enabled: runs.length >= minimumRuns,
    // Structural sharing of a hundred thousand points costs more than rendering them.
    structuralSharing: false,
    placeholderData,
    queryFn: async ({ signal }) => {
      const query = { run: [...runs], metric: [...metrics], points: pointsPerCurve };
      try {
        const answer = await unwrap(api.GET('/api/v1/compare', { params: { query }, signal }));
        for (const run of answer.runs) {
          names.current.set(run.id, run.name);
        }
        return applyUpdates(answer, [...recent.current.values()]);
      } catch (error) {
        // It was deleted before the stream began.
        const unknown = unknownRun(error, runs);
        if (unknown !== undefined) {
          reportDeleted.current([unknown]);
        }
        throw error;
      }
    },
  });

  useEffect(() => {
    const selected = new Set(id === '' ? [] : id.split(' '));
    const queryKey = keyOf(id);
    if (selected.size < minimumRuns) {
      return;
    }
    recent.current.clear();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let group: RunSummary[][] = [];
    let grouping: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const updates = group;
      group = [];
      grouping = undefined;
      queries.setQueriesData<Comparison>({ queryKey }, (known) => known && updates.reduce(applyUpdates, known));
    };
    const refetch = () => {
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
        const removed = deleted.filter((run) => selected.has(run));
        if (removed.length > 0) {
          // The selection changes, and this effect is replaced.
          reportDeleted.current(removed);
          return;
        }
        const changes = changed.filter((run) => selected.has(run.id));
        for (const run of changes) {
          recent.current.set(run.id, run);
        }
        if (changes.length > 0) {
          group.push(changes);
          grouping ??= setTimeout(flush, groupMilliseconds);
          timer ??= setTimeout(refetch, refetchMilliseconds);
        }
        // Changes before the subscription are not in the stream, and a run that ended has its final results.
        if (isFirst || missed || changes.some((run) => isTerminal(run.state))) {
          isFirst = false;
          refetch();
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

/** The run of a "not found" response. */
const unknownRun = (error: unknown, runs: readonly string[]): string | undefined =>
  error instanceof ApiError ? runs.find((id) => id === error.problem.run) : undefined;

import { useMemo } from 'react';
import { isTerminal, type RunState, type RunSummary, runStates } from '../api/types';
import { noFilter, type RunFilter } from '../runs/filters';
import { useRuns } from '../runs/useRuns';

/** A group of runs. */
export interface Experiment {
  readonly name: string;
  readonly runs: number;
  readonly best: number | null;
}

const activeShown = 6;
const latestShown = 8;
const experimentsShown = 8;
const none: never[] = [];
const isBegun = (state: RunState): boolean => state !== 'queued' && !isTerminal(state);
const inProgress: RunFilter = { ...noFilter, states: runStates.filter(isBegun) };

/** The experiments of runs, the one with the latest run first. */
export function experimentsOf(runs: readonly RunSummary[]): Experiment[] {
  const found = new Map<string, Experiment>();
  for (const { experiment: name, bestValidationAccuracy: best } of runs) {
    const known = found.get(name) ?? { name, runs: 0, best: null };
    const isBetter = best !== null && best > (known.best ?? -1);
    found.set(name, { name, runs: known.runs + 1, best: isBetter ? best : known.best });
  }
  return [...found.values()];
}

/** The latest page of runs, live: the newest that have ended, those in progress however old they are, and their experiments. */
export function useLatest() {
  const query = useRuns(noFilter, none);
  const { data, hasNextPage } = query;
  const runs = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const begun = useRuns(inProgress, none).data?.pages.flatMap((page) => page.items) ?? none;
  const waiting = runs?.filter(({ state }) => state === 'queued') ?? none;
  const active = [...begun.filter(({ state }) => isBegun(state)), ...waiting.reverse()];
  return {
    query,
    runs,
    /** Those that train before those that wait, the next in the queue first. */
    active: active.slice(0, activeShown),
    moreActive: Math.max(0, active.length - activeShown),
    /** Trials are on the page of their study. */
    latest: runs?.filter(({ state, studyId }) => isTerminal(state) && studyId === null).slice(0, latestShown) ?? none,
    experiments: experimentsOf(runs ?? none).slice(0, experimentsShown),
    /** Whether older runs are not counted in the experiments. */
    isPartial: hasNextPage,
  };
}

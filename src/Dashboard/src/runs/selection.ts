import { useSyncExternalStore } from 'react';
import type { RunSummary } from '../api/types';

/** The selected runs by id. Kept outside of the page: it survives opening a run and going back. */
let selected: ReadonlyMap<string, RunSummary> = new Map();
const listeners = new Set<() => void>();

function change(next: ReadonlyMap<string, RunSummary>): void {
  selected = next;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const clearSelection = (): void => change(new Map());

/** Selects a run, or deselects it. */
export function toggleSelected(run: RunSummary): void {
  const next = new Map(selected);
  if (!next.delete(run.id)) {
    next.set(run.id, run);
  }
  change(next);
}

/** Selects all of these runs, or none if all are selected. */
export const toggleAllSelected = (runs: readonly RunSummary[]): void =>
  change(runs.every(({ id }) => selected.has(id)) ? new Map() : new Map(runs.map((run) => [run.id, run])));

export const useSelected = (): ReadonlyMap<string, RunSummary> => useSyncExternalStore(subscribe, () => selected);

/** Notes in the history entry which run is opened from here. */
export const rememberOpened = (id: string): void => window.history.replaceState({ openedRun: id }, '');

/** The run that was opened from this history entry; null without one. Reading forgets it. */
export function takeOpened(): string | null {
  const state: unknown = window.history.state;
  if (typeof state !== 'object' || state === null || !('openedRun' in state) || typeof state.openedRun !== 'string') {
    return null;
  }
  window.history.replaceState(null, '');
  return state.openedRun;
}

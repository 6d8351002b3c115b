import { useSyncExternalStore } from 'react';
import type { RunSummary } from '../api/types';
import { useRunChanges } from '../live/useRunChanges';

const key = 'trainyard.selection';

/** The selected runs by id. Kept outside of the page: it survives opening a run and going back, and a reload. */
let selected: ReadonlyMap<string, RunSummary> = read();
const listeners = new Set<() => void>();

function read(): ReadonlyMap<string, RunSummary> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return new Map(Array.isArray(stored) ? stored.map((run: RunSummary) => [run.id, run]) : []);
  } catch {
    // Storage is blocked, or has invalid content.
    return new Map();
  }
}

function write(): void {
  try {
    if (selected.size === 0) {
      sessionStorage.removeItem(key);
    } else {
      sessionStorage.setItem(key, JSON.stringify([...selected.values()]));
    }
  } catch {
    // Storage is blocked or full: the selection lives as long as the page.
  }
}

function change(next: ReadonlyMap<string, RunSummary>): void {
  selected = next;
  write();
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

/** Deselects runs as they are deleted, wherever the user is. */
export function useDeselectDeleted(): void {
  useRunChanges(({ deleted }) => {
    if (deleted.some((id) => selected.has(id))) {
      change(new Map([...selected].filter(([id]) => !deleted.includes(id))));
    }
  });
}

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

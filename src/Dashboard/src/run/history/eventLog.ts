import type { RunEventEntry } from '../../api/types';

/** The events without progress. Bounded: the oldest routine events are dropped first. */
export interface EventLog {
  readonly lines: readonly RunEventEntry[];
  /** Number of dropped events. */
  readonly dropped: number;
}

export const emptyLog: EventLog = { lines: [], dropped: 0 };

const routine = new Set<RunEventEntry['event']['type']>([
  'epoch',
  'checkpoint',
  'observation',
  'decision_frame',
  'prediction',
  'evaluation',
]);

/** Whether the event is more than routine. */
export const isImportant = (entry: RunEventEntry): boolean => !routine.has(entry.event.type);

export function appendLog(log: EventLog, entries: readonly RunEventEntry[], capacity = 1_000): EventLog {
  const added = entries.filter((entry) => entry.event.type !== 'progress');
  if (added.length === 0) {
    return log;
  }
  const lines = [...log.lines, ...added];
  const excess = lines.length - capacity;
  if (excess <= 0) {
    return { lines, dropped: log.dropped };
  }
  let routineToDrop = Math.min(excess, lines.filter((line) => !isImportant(line)).length);
  const kept = lines.filter((line) => isImportant(line) || routineToDrop-- <= 0);
  return { lines: kept.slice(-capacity), dropped: log.dropped + excess };
}

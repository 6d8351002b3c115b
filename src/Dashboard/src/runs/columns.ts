import type { RunColumns } from '../api/types';
import { inWords } from '../newRun/form/names';
import { text } from '../text/text';

/** Columns whose values every summary has, with what the API calls their order; null: there is none. */
export const ownColumns = {
  technique: null,
  progress: 'epoch',
  best: 'metric.validation_accuracy.best',
  speed: null,
  left: null,
  elapsed: 'elapsed',
  created: 'created',
} as const;

export type OwnColumn = keyof typeof ownColumns;

/** A column by its id: one of our own, or as the API writes it (metric.train_loss.best, param.training.epochs). */
export type ColumnId = string;

export const defaultColumns: readonly ColumnId[] = ['technique', 'progress', 'best', 'speed', 'left', 'created'];

export const isOwn = (id: ColumnId): id is OwnColumn => Object.hasOwn(ownColumns, id);

/** What the API is asked for beside the summaries. */
export const askedOf = (columns: readonly ColumnId[]): string[] => columns.filter((id) => !isOwn(id));

/** What a column is sorted by; null when it cannot be. */
export const sortKeyOf = (id: ColumnId): string | null => (isOwn(id) ? ownColumns[id] : id);

/** A column in words. */
export function titleOf(id: ColumnId): string {
  if (isOwn(id)) {
    return text.runs.columns[id];
  }
  const [kind, ...path] = id.split('.');
  if (kind === 'metric') {
    const [name = '', which] = path;
    const metric = text.runs.metrics[name] ?? inWords(name);
    return which === 'latest' ? text.runs.latest(metric) : text.runs.best(metric);
  }
  return path.slice(-2).map(inWords).join(': ');
}

/** Every column that can be chosen, in groups. */
export function choicesOf(found: RunColumns | undefined): { label: string; ids: ColumnId[] }[] {
  return [
    { label: text.runs.columnGroups.run, ids: Object.keys(ownColumns) },
    {
      label: text.runs.columnGroups.metrics,
      ids: (found?.metrics ?? []).flatMap((metric) => [`metric.${metric}.best`, `metric.${metric}.latest`]),
    },
    {
      label: text.runs.columnGroups.parameters,
      ids: (found?.parameters ?? []).map(({ pointer }) => `param.${pointer.slice(1).replaceAll('/', '.')}`),
    },
  ].filter(({ ids }) => ids.length > 0);
}

/** A value that the API gave for a column. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) {
    return text.units.none;
  }
  return typeof value === 'number' ? String(Number(value.toPrecision(5))) : String(value);
}

const key = 'trainyard.columns';

export function readColumns(): readonly ColumnId[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(stored) && stored.every((id) => typeof id === 'string') ? stored : defaultColumns;
  } catch {
    // Storage is blocked, or holds what is not ours.
    return defaultColumns;
  }
}

export function writeColumns(columns: readonly ColumnId[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(columns));
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}

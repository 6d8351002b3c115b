import type { RunColumns } from '../api/types';
import { humanize } from '../text/labels';
import { text } from '../text/text';

/** Columns that are members of every summary, with the API's sort key; null if it has none. */
export const builtInColumns = {
  technique: null,
  progress: 'epoch',
  best: 'metric.validation_accuracy.best',
  speed: null,
  left: null,
  elapsed: 'elapsed',
  created: 'created',
} as const;

export type BuiltInColumn = keyof typeof builtInColumns;

/** The id of a built-in column, or of an API column (metric.train_loss.best, param.training.epochs). */
export type ColumnId = string;

export const defaultColumns: readonly ColumnId[] = ['technique', 'progress', 'best', 'speed', 'left', 'created'];

export const isBuiltIn = (id: ColumnId): id is BuiltInColumn => Object.hasOwn(builtInColumns, id);

/** Columns to request from the API in addition to the summaries. */
export const requestedColumns = (columns: readonly ColumnId[]): string[] => columns.filter((id) => !isBuiltIn(id));

/** The sort key of a column; null if it cannot be sorted. */
export const sortKeyOf = (id: ColumnId): string | null => (isBuiltIn(id) ? builtInColumns[id] : id);

export function titleOf(id: ColumnId): string {
  if (isBuiltIn(id)) {
    return text.runs.columns[id];
  }
  const [kind, ...path] = id.split('.');
  if (kind === 'metric') {
    const [name = '', which] = path;
    const metric = text.runs.metrics[name] ?? humanize(name);
    return which === 'latest' ? text.runs.latest(metric) : text.runs.best(metric);
  }
  return path.slice(-2).map(humanize).join(': ');
}

/** All available columns, in groups. */
export function choicesOf(found: RunColumns | undefined): { label: string; ids: ColumnId[] }[] {
  return [
    { label: text.runs.columnGroups.run, ids: Object.keys(builtInColumns) },
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
    // Storage is blocked, or has invalid content.
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

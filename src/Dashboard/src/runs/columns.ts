import type { RunColumns } from '../api/types';
import { humanize } from '../text/labels';
import { wordAt } from '../text/settings';
import { text } from '../text/text';

/** Columns that are members of every summary, with the API's sort key; null if it has none. */
export const builtInColumns = {
  technique: null,
  progress: 'epoch',
  diagnosis: null,
  rate: 'param.training.optimizer.learningRate',
  best: 'metric.validation_accuracy.best',
  loss: 'metric.validation_loss.latest',
  trend: null,
  speed: null,
  left: null,
  elapsed: 'elapsed',
  created: 'created',
} as const;

export type BuiltInColumn = keyof typeof builtInColumns;

/** The id of a built-in column, or of an API column (metric.train_loss.best, param.training.epochs). */
export type ColumnId = string;

export const defaultColumns: readonly ColumnId[] = [
  'progress',
  'diagnosis',
  'best',
  'loss',
  'trend',
  'rate',
  'created',
  'technique',
];

export const isBuiltIn = (id: ColumnId): id is BuiltInColumn => Object.hasOwn(builtInColumns, id);

/** Columns to request from the API in addition to the summaries. */
export const requestedColumns = (columns: readonly ColumnId[]): string[] => columns.filter((id) => !isBuiltIn(id));

/** The sort key of a column; null if it cannot be sorted. */
export const sortKeyOf = (id: ColumnId): string | null => (isBuiltIn(id) ? builtInColumns[id] : id);

export const columnClass = (id: ColumnId): string =>
  id === 'technique' || id === 'progress' || id === 'diagnosis' || id === 'trend' ? `run-${id}` : 'num';

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

/** Losses and accuracies have a best value; of a learning rate or a speed there is only a latest one. */
const hasBest = (metric: string): boolean => /_(?:loss|accuracy)$/.test(metric);

/** All available columns, in groups; parameters by the section of the spec. */
export function choicesOf(found: RunColumns | undefined): { label: string; ids: ColumnId[] }[] {
  const t = text.runs.columnGroups;
  const parameters = (found?.parameters ?? []).map(({ pointer }) => `param.${pointer.slice(1).replaceAll('/', '.')}`);
  const sections = [...new Set(parameters.map(sectionOf))];
  return [
    { label: t.run, ids: Object.keys(builtInColumns) },
    {
      label: t.metrics,
      ids: (found?.metrics ?? []).flatMap((metric) =>
        hasBest(metric) ? [`metric.${metric}.best`, `metric.${metric}.latest`] : [`metric.${metric}.latest`],
      ),
    },
    ...sections.map((section) => ({
      label: section === '' ? t.parameters : `${t.parameters}: ${humanize(section)}`,
      ids: parameters.filter((id) => sectionOf(id) === section),
    })),
  ].filter(({ ids }) => ids.length > 0);
}

/** training.optimizer of param.training.optimizer.learningRate is in optimizer; param.training.epochs in training. */
function sectionOf(id: ColumnId): string {
  const path = id.split('.').slice(1);
  return path.length > 2 ? (path[1] ?? '') : path.length > 1 ? (path[0] ?? '') : '';
}

/** A value of an API column, for people. */
export function valueText(id: ColumnId, value: unknown): string {
  if (value === null || value === undefined) {
    return text.units.none;
  }
  switch (typeof value) {
    case 'number':
      return String(Number(value.toPrecision(5)));
    case 'boolean':
      return value ? text.newRun.yes : text.newRun.no;
    default:
      return id.startsWith('param.') ? wordAt(pointerOf(id), String(value)) : String(value);
  }
}

/** param.training.optimizer.name as /training/optimizer/name. */
const pointerOf = (id: ColumnId): string => id.slice('param'.length).replaceAll('.', '/');

// A version of its own: the defaults of before had no diagnosis.
const key = 'trainyard.columns.2';

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

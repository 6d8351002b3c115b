import type { RunState } from '../../api/types';
import {
  type ComparedRun,
  type Comparison,
  inTableOrder,
  isBetter,
  type MetricGoal,
  type ParameterValue,
} from '../comparison';

/** A column of the table of differences. */
export type Column =
  | { readonly id: string; readonly kind: 'run' | 'state' | 'elapsed' }
  | {
      readonly id: string;
      readonly kind: 'setting';
      readonly pointer: string;
      readonly label: string;
      readonly isNumber: boolean;
    }
  | { readonly id: string; readonly kind: 'metric'; readonly metric: string; readonly goal: MetricGoal };

export interface ScoreCell {
  readonly best: number | null;
  readonly bestEpoch: number | null;
  readonly latest: number | null;
  /** Whether no other run is better. */
  readonly isTop: boolean;
}

export interface Row {
  readonly run: ComparedRun;
  readonly settings: ReadonlyMap<string, ParameterValue | null>;
  readonly scores: ReadonlyMap<string, ScoreCell>;
}

export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}

/**
 * The columns: settings that differ, and best values. A setting that only some techniques have, always with the same value, is shown on
 * request.
 */
export function columnsOf({ differences, metrics, runs }: Comparison, withDetails: boolean): readonly Column[] {
  const shown = differences
    .filter(({ values }) => withDetails || isInformative(values))
    .sort((a, b) => Number(a.replicate) - Number(b.replicate));
  return [
    { id: 'run', kind: 'run' },
    ...(new Set(runs.map(({ state }) => state)).size > 1 ? [{ id: 'state', kind: 'state' } as const] : []),
    ...shown.map(({ pointer, label, values }): Column => {
      const isNumber = runs.every(({ id }) => values[id] == null || typeof values[id] === 'number');
      return { id: `param:${pointer}`, kind: 'setting', pointer, label, isNumber };
    }),
    ...inTableOrder(metrics).map(
      ({ metric, goal }): Column => ({ id: `best:${metric}`, kind: 'metric', metric, goal }),
    ),
    { id: 'elapsed', kind: 'elapsed' },
  ];
}

const isInformative = (values: Readonly<Record<string, ParameterValue | null>>): boolean =>
  new Set(Object.values(values).filter((value) => value !== null)).size > 1;

/** Whether there are settings that are shown on request only. */
export const hasDetails = ({ differences }: Comparison): boolean =>
  differences.some(({ values }) => !isInformative(values));

export function rowsOf({ runs, differences, metrics }: Comparison): readonly Row[] {
  const tops = new Map(
    metrics.map(({ metric, goal, perRun }) => {
      const values = perRun.map(({ best }) => best).filter((best) => best !== null);
      return [metric, values.length === 0 ? null : values.reduce((a, b) => (isBetter(goal, b, a) ? b : a))];
    }),
  );
  return runs.map((run) => ({
    run,
    settings: new Map(differences.map(({ pointer, values }) => [pointer, values[run.id] ?? null])),
    scores: new Map(
      metrics.map(({ metric, perRun }) => {
        const score = perRun.find((candidate) => candidate.run === run.id);
        const best = score?.best ?? null;
        return [
          metric,
          {
            best,
            bestEpoch: score?.bestEpoch ?? null,
            latest: score?.latest ?? null,
            isTop: best !== null && best === tops.get(metric),
          },
        ];
      }),
    ),
  }));
}

const stateOrder: readonly RunState[] = ['running', 'pausing', 'queued', 'paused', 'succeeded', 'failed', 'cancelled'];

function keyOf(row: Row, column: Column): number | string | null {
  switch (column.kind) {
    case 'run':
      return row.run.name;
    case 'state':
      return stateOrder.indexOf(row.run.state);
    case 'elapsed':
      return row.run.elapsedSeconds;
    case 'metric':
      return row.scores.get(column.metric)?.best ?? null;
    case 'setting': {
      const value = row.settings.get(column.pointer) ?? null;
      return value === null || typeof value === 'number' ? value : String(value);
    }
  }
}

/** Sorts the rows, stably; rows without a value are last in both directions. */
export function sorted(rows: readonly Row[], columns: readonly Column[], sort: Sort | null): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (sort === null || column === undefined) {
    return rows;
  }
  const direction = sort.isDescending ? -1 : 1;
  return [...rows].sort((first, second) => {
    const a = keyOf(first, column);
    const b = keyOf(second, column);
    if (a === null || b === null) {
      return Number(a === null) - Number(b === null);
    }
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a).localeCompare(String(b), undefined, { numeric: true });
    return order * direction;
  });
}

/** Reads `best:validation_loss`, or `-best:validation_loss` for descending. */
export const readSort = (text: string | null): Sort | null =>
  text === null || text === '' ? null : { column: text.replace(/^-/, ''), isDescending: text.startsWith('-') };

/** The next order when a heading is clicked: better values first, then reversed, then the order of selection. */
export function nextSort(now: Sort | null, column: Column): Sort | null {
  const first = column.kind === 'metric' && column.goal === 'maximize';
  if (now?.column !== column.id) {
    return { column: column.id, isDescending: first };
  }
  return now.isDescending === first ? { column: column.id, isDescending: !first } : null;
}

export const writeSort = (sort: Sort | null): string | null =>
  sort === null ? null : `${sort.isDescending ? '-' : ''}${sort.column}`;

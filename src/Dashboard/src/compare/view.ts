import { type MetricName, maximumRuns } from './comparison';

/** Options of the curves; splits apply to loss and accuracy. */
export const families = ['accuracy', 'loss', 'learning_rate', 'images_per_second'] as const;
export const splits = ['validation', 'train', 'both'] as const;
export const axes = ['epoch', 'step', 'time'] as const;
export const groupings = ['runs', 'groups'] as const;
export type Family = (typeof families)[number];
export type Split = (typeof splits)[number];
export type Axis = (typeof axes)[number];
export type Grouping = (typeof groupings)[number];

/** The view of the curves; it is in the URL. */
export interface CurveView {
  readonly family: Family;
  readonly split: Split;
  readonly axis: Axis;
  readonly isLog: boolean;
  /** Weight of the moving average, 0 (none) to 0.99. */
  readonly smoothing: number;
  readonly by: Grouping;
  /** Ids of hidden runs, or keys of hidden groups. */
  readonly hidden: ReadonlySet<string>;
}

const oneOf = <Value extends string>(values: readonly Value[], value: string | null): Value =>
  values.find((candidate) => candidate === value) ?? (values[0] as Value);

export const maximumSmoothing = 0.99;

/** Reads the view from the URL; invalid values are ignored. */
export function readCurveView(search: URLSearchParams): CurveView {
  const smoothing = Number(search.get('smooth') ?? 0);
  return {
    family: oneOf(families, search.get('metric')),
    split: oneOf(splits, search.get('split')),
    axis: oneOf(axes, search.get('x')),
    isLog: search.get('y') === 'log',
    smoothing: Number.isFinite(smoothing) ? Math.min(Math.max(smoothing, 0), maximumSmoothing) : 0,
    by: oneOf(groupings, search.get('by')),
    hidden: new Set(search.getAll('hide')),
  };
}

/** Writes the view to the URL; defaults are omitted. */
export function writeCurveView(view: CurveView, search: URLSearchParams): void {
  const put = (key: string, value: string, usual: string) =>
    value === usual ? search.delete(key) : search.set(key, value);
  put('metric', view.family, families[0]);
  put('split', view.split, splits[0]);
  put('x', view.axis, axes[0]);
  put('y', view.isLog ? 'log' : '', '');
  put('smooth', String(view.smoothing), '0');
  put('by', view.by, groupings[0]);
  search.delete('hide');
  for (const id of view.hidden) {
    search.append('hide', id);
  }
}

/** The metrics of a family and a split, the main one first. */
export function metricsOf({ family, split }: Pick<CurveView, 'family' | 'split'>): readonly MetricName[] {
  if (family === 'learning_rate' || family === 'images_per_second') {
    return [family];
  }
  return split === 'both' ? [`validation_${family}`, `train_${family}`] : [`${split}_${family}`];
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the runs from the URL, without duplicates and invalid ids. */
export const readRuns = (search: URLSearchParams): readonly string[] =>
  [...new Set(search.getAll('run').filter((id) => uuid.test(id)))].slice(0, maximumRuns);

/** Writes the runs to the URL; hidden runs that are removed are no longer hidden. */
export function writeRuns(runs: readonly string[], search: URLSearchParams): void {
  search.delete('run');
  for (const id of runs) {
    search.append('run', id);
  }
  const hidden = search.getAll('hide').filter((id) => !uuid.test(id) || runs.includes(id));
  search.delete('hide');
  for (const id of hidden) {
    search.append('hide', id);
  }
}

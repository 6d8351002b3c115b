import { type MetricName, most } from './comparison';

/** What the curves show; the split says of which data, for metrics that are measured on more than one. */
export const families = ['accuracy', 'loss', 'learning_rate', 'images_per_second'] as const;
export const splits = ['validation', 'train', 'both'] as const;
export const axes = ['epoch', 'step', 'time'] as const;
export const groupings = ['runs', 'groups'] as const;
export type Family = (typeof families)[number];
export type Split = (typeof splits)[number];
export type Axis = (typeof axes)[number];
export type Grouping = (typeof groupings)[number];

/** How the curves are drawn. All of it stands in the address, so that the address reproduces the view. */
export interface CurveView {
  readonly family: Family;
  readonly split: Split;
  readonly axis: Axis;
  readonly isLog: boolean;
  /** Weight of the past in the moving average, 0 to 0.99; 0: as measured. */
  readonly smoothing: number;
  readonly by: Grouping;
  /** Ids of runs, or keys of groups, that are not drawn. */
  readonly hidden: ReadonlySet<string>;
}

const oneOf = <Value extends string>(values: readonly Value[], value: string | null): Value =>
  values.find((candidate) => candidate === value) ?? (values[0] as Value);

export const mostSmoothing = 0.99;

/** Reads the view from the address; what makes no sense there is as if it were missing. */
export function readCurveView(search: URLSearchParams): CurveView {
  const smoothing = Number(search.get('smooth') ?? 0);
  return {
    family: oneOf(families, search.get('metric')),
    split: oneOf(splits, search.get('split')),
    axis: oneOf(axes, search.get('x')),
    isLog: search.get('y') === 'log',
    smoothing: Number.isFinite(smoothing) ? Math.min(Math.max(smoothing, 0), mostSmoothing) : 0,
    by: oneOf(groupings, search.get('by')),
    hidden: new Set(search.getAll('hide')),
  };
}

/** Writes the view into the address; defaults are left out. */
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

/** The metrics that a family and a split name, the first one in front. */
export function metricsOf({ family, split }: Pick<CurveView, 'family' | 'split'>): readonly MetricName[] {
  if (family === 'learning_rate' || family === 'images_per_second') {
    return [family];
  }
  return split === 'both' ? [`validation_${family}`, `train_${family}`] : [`${split}_${family}`];
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The runs that the address names, each once. What is no id is left out: one slip in an address should not lose the rest. */
export const readRuns = (search: URLSearchParams): readonly string[] =>
  [...new Set(search.getAll('run').filter((id) => uuid.test(id)))].slice(0, most);

/** Sets the runs; what hid or brushed them goes with those that are taken out. */
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

/** Address of the comparison, or of the replay, of some runs. */
export const addressOf = (page: '/compare' | '/replay', runs: readonly string[]): string =>
  runs.length === 0 ? page : `${page}?${runs.map((id) => `run=${id}`).join('&')}`;

import { asRunState, type RunState, type RunSummary } from '../api/types';

/** Filters and order of the run table. No states: all of them. */
export interface RunFilter {
  readonly states: readonly RunState[];
  readonly experiment: string | null;
  readonly tag: string | null;
  /** Id of the study that the runs belong to. */
  readonly study: string | null;
  /** Search words. */
  readonly query: string | null;
  /** A filter expression, as in `accuracy > 0.9`. */
  readonly where: string | null;
  /** The archived runs, instead of the others. */
  readonly archived: boolean;
  /** The API's sort key; null: newest first. */
  readonly sort: string | null;
}

export const noFilter: RunFilter = {
  states: [],
  experiment: null,
  tag: null,
  study: null,
  query: null,
  where: null,
  archived: false,
  sort: null,
};

const parameters = {
  experiment: 'experiment',
  tag: 'tag',
  study: 'study',
  query: 'q',
  where: 'where',
  sort: 'sort',
} as const;
const nonEmpty = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value.trim());

/** Reads the filter from the URL; invalid values are ignored. */
export function readFilter(search: URLSearchParams): RunFilter {
  const states = search.getAll('state').map(asRunState);
  return {
    states: [...new Set(states.filter((state) => state !== null))],
    experiment: nonEmpty(search.get(parameters.experiment)),
    tag: nonEmpty(search.get(parameters.tag)),
    study: nonEmpty(search.get(parameters.study)),
    query: nonEmpty(search.get(parameters.query)),
    where: nonEmpty(search.get(parameters.where)),
    archived: search.get('archived') === 'true',
    sort: nonEmpty(search.get(parameters.sort)),
  };
}

export function writeFilter(filter: RunFilter, search: URLSearchParams): void {
  for (const name of ['state', 'archived', ...Object.values(parameters)]) {
    search.delete(name);
  }
  for (const state of filter.states) {
    search.append('state', state);
  }
  if (filter.archived) {
    search.set('archived', 'true');
  }
  for (const [member, name] of Object.entries(parameters) as [keyof typeof parameters, string][]) {
    const value = filter[member];
    if (value !== null) {
      search.set(name, value);
    }
  }
}

export const isFiltered = ({ states, experiment, tag, study, query, where, archived }: RunFilter): boolean =>
  states.length > 0 ||
  experiment !== null ||
  tag !== null ||
  study !== null ||
  query !== null ||
  where !== null ||
  archived;

/** The filter as parameters of the API. */
export const filterParameters = (filter: RunFilter) => ({
  ...(filter.states.length === 0 ? {} : { state: [...filter.states] }),
  ...(filter.experiment === null ? {} : { experiment: filter.experiment }),
  ...(filter.tag === null ? {} : { tag: [filter.tag] }),
  ...(filter.study === null ? {} : { study: filter.study }),
  ...(filter.query === null ? {} : { q: filter.query }),
  ...(filter.where === null ? {} : { where: filter.where }),
  ...(filter.archived ? { archived: true } : {}),
});

/** Whether the page can insert new runs by itself: no search or expression, and newest first. */
export const isDefaultOrder = ({ query, where, sort }: RunFilter): boolean =>
  query === null && where === null && sort === null;

/** Whether a run matches the filter, without search and expression, which only the service evaluates. */
export const matches = (
  { states, experiment, tag, study, archived }: RunFilter,
  run: Pick<RunSummary, 'state' | 'experiment' | 'tags' | 'studyId' | 'archivedAt'>,
): boolean =>
  archived === (run.archivedAt !== null) &&
  (states.length === 0 || states.includes(run.state)) &&
  (experiment === null || experiment === run.experiment) &&
  (tag === null || run.tags.includes(tag)) &&
  (study === null || study === run.studyId);

export const toggleState = (filter: RunFilter, state: RunState): RunFilter => ({
  ...filter,
  states: filter.states.includes(state) ? filter.states.filter((other) => other !== state) : [...filter.states, state],
});

/** The next order after a click on a column: descending, ascending, newest first. */
export function nextSort(sort: string | null, key: string): string | null {
  return sort === `-${key}` ? key : sort === key ? null : `-${key}`;
}

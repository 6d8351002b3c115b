import { asRunState, type RunState, type RunSummary } from '../api/types';

/** Filters and order of the run table. No states: all of them. */
export interface RunFilter {
  readonly states: readonly RunState[];
  readonly experiment: string | null;
  readonly tag: string | null;
  /** Search words. */
  readonly query: string | null;
  /** The API's sort key; null: newest first. */
  readonly sort: string | null;
}

export const noFilter: RunFilter = { states: [], experiment: null, tag: null, query: null, sort: null };

const parameters = { experiment: 'experiment', tag: 'tag', query: 'q', sort: 'sort' } as const;
const nonEmpty = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value.trim());

/** Reads the filter from the URL; invalid values are ignored. */
export function readFilter(search: URLSearchParams): RunFilter {
  const states = search.getAll('state').map(asRunState);
  return {
    states: [...new Set(states.filter((state) => state !== null))],
    experiment: nonEmpty(search.get(parameters.experiment)),
    tag: nonEmpty(search.get(parameters.tag)),
    query: nonEmpty(search.get(parameters.query)),
    sort: nonEmpty(search.get(parameters.sort)),
  };
}

export function writeFilter(filter: RunFilter, search: URLSearchParams): void {
  for (const name of ['state', ...Object.values(parameters)]) {
    search.delete(name);
  }
  for (const state of filter.states) {
    search.append('state', state);
  }
  for (const [member, name] of Object.entries(parameters) as [keyof typeof parameters, string][]) {
    const value = filter[member];
    if (value !== null) {
      search.set(name, value);
    }
  }
}

export const isFiltered = ({ states, experiment, tag, query }: RunFilter): boolean =>
  states.length > 0 || experiment !== null || tag !== null || query !== null;

/** Whether the page can insert new runs by itself: no search, and newest first. */
export const isDefaultOrder = ({ query, sort }: RunFilter): boolean => query === null && sort === null;

/** Whether a run matches the filter, without the search, which only the service evaluates. */
export const matches = (
  { states, experiment, tag }: RunFilter,
  run: Pick<RunSummary, 'state' | 'experiment' | 'tags'>,
): boolean =>
  (states.length === 0 || states.includes(run.state)) &&
  (experiment === null || experiment === run.experiment) &&
  (tag === null || run.tags.includes(tag));

export const toggleState = (filter: RunFilter, state: RunState): RunFilter => ({
  ...filter,
  states: filter.states.includes(state) ? filter.states.filter((other) => other !== state) : [...filter.states, state],
});

/** The next order after a click on a column: descending, ascending, newest first. */
export function nextSort(sort: string | null, key: string): string | null {
  return sort === `-${key}` ? key : sort === key ? null : `-${key}`;
}

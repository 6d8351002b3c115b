import { asRunState, type RunState, type RunSummary } from '../api/types';

/** Which runs the table shows, and in which order. No states: all of them. */
export interface RunFilter {
  readonly states: readonly RunState[];
  readonly experiment: string | null;
  readonly tag: string | null;
  /** Words that the run must have. */
  readonly query: string | null;
  /** As the API writes it; null: newest first. */
  readonly sort: string | null;
}

export const noFilter: RunFilter = { states: [], experiment: null, tag: null, query: null, sort: null };

const texts = { experiment: 'experiment', tag: 'tag', query: 'q', sort: 'sort' } as const;
const given = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value.trim());

/** Reads the filter from the address; what makes no sense there is left out. */
export function readFilter(search: URLSearchParams): RunFilter {
  const states = search.getAll('state').map(asRunState);
  return {
    states: [...new Set(states.filter((state) => state !== null))],
    experiment: given(search.get(texts.experiment)),
    tag: given(search.get(texts.tag)),
    query: given(search.get(texts.query)),
    sort: given(search.get(texts.sort)),
  };
}

export function writeFilter(filter: RunFilter, search: URLSearchParams): void {
  for (const name of ['state', ...Object.values(texts)]) {
    search.delete(name);
  }
  for (const state of filter.states) {
    search.append('state', state);
  }
  for (const [member, name] of Object.entries(texts) as [keyof typeof texts, string][]) {
    const value = filter[member];
    if (value !== null) {
      search.set(name, value);
    }
  }
}

/** Whether some runs are left out. */
export const isFiltered = ({ states, experiment, tag, query }: RunFilter): boolean =>
  states.length > 0 || experiment !== null || tag !== null || query !== null;

/** Whether the page can tell by itself where a changed run belongs: without words to search for, and newest first. */
export const isPlain = ({ query, sort }: RunFilter): boolean => query === null && sort === null;

/** Whether a run passes, as far as the page can tell; words are the service's to judge. */
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

/** The next order after a press on a column: best first, worst first, and newest first again. */
export function nextSort(sort: string | null, key: string): string | null {
  return sort === `-${key}` ? key : sort === key ? null : `-${key}`;
}

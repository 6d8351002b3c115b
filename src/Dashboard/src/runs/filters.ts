import { asRunState, type RunState, type RunSummary } from '../api/types';

/** Which runs the table shows. No states: all of them. */
export interface RunFilter {
  readonly states: readonly RunState[];
  readonly experiment: string | null;
}

/** Reads the filter from the address; what makes no sense there is left out. */
export function readFilter(search: URLSearchParams): RunFilter {
  const states = search.getAll('state').map(asRunState);
  const experiment = search.get('experiment')?.trim();
  return {
    states: [...new Set(states.filter((state) => state !== null))],
    experiment: experiment === undefined || experiment === '' ? null : experiment,
  };
}

export function writeFilter(filter: RunFilter, search: URLSearchParams): void {
  search.delete('state');
  search.delete('experiment');
  for (const state of filter.states) {
    search.append('state', state);
  }
  if (filter.experiment !== null) {
    search.set('experiment', filter.experiment);
  }
}

export const isFiltered = (filter: RunFilter): boolean => filter.states.length > 0 || filter.experiment !== null;

export const matches = (filter: RunFilter, run: Pick<RunSummary, 'state' | 'experiment'>): boolean =>
  (filter.states.length === 0 || filter.states.includes(run.state)) &&
  (filter.experiment === null || filter.experiment === run.experiment);

export const toggleState = (filter: RunFilter, state: RunState): RunFilter => ({
  ...filter,
  states: filter.states.includes(state) ? filter.states.filter((other) => other !== state) : [...filter.states, state],
});

import { type FormEvent, useId, useMemo } from 'react';
import { type RunSummary, runStates } from '../api/types';
import { text } from '../text/text';
import { isFiltered, type RunFilter, toggleState } from './filters';

interface RunFiltersProps {
  filter: RunFilter;
  /** Loaded runs; their experiments are offered. */
  runs: readonly RunSummary[];
  onChange: (filter: RunFilter) => void;
}

export function RunFilters({ filter, runs, onChange }: RunFiltersProps) {
  const list = useId();
  const experiments = useMemo(() => [...new Set(runs.map((run) => run.experiment))].sort(), [runs]);

  const setExperiment = (value: string) => {
    const experiment = value.trim() === '' ? null : value.trim();
    if (experiment !== filter.experiment) {
      onChange({ ...filter, experiment });
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setExperiment(String(new FormData(event.currentTarget).get('experiment') ?? ''));
  };

  return (
    <form className="filters" role="search" aria-label={text.runs.filterLabel} onSubmit={submit}>
      <div className="filter-states" role="group" aria-label={text.runs.stateFilterLabel}>
        {runStates.map((state) => (
          <button
            key={state}
            type="button"
            className="chip"
            aria-pressed={filter.states.includes(state)}
            onClick={() => onChange(toggleState(filter, state))}
          >
            {text.states[state]}
          </button>
        ))}
      </div>
      <div className="filter-experiment">
        <input
          // The field is the person's while they type; it follows the address when that changes.
          key={filter.experiment}
          type="search"
          name="experiment"
          className="input"
          aria-label={text.runs.experimentLabel}
          placeholder={text.runs.experimentPlaceholder}
          defaultValue={filter.experiment ?? ''}
          list={list}
          maxLength={100}
          onChange={(event) => experiments.includes(event.target.value) && setExperiment(event.target.value)}
          onBlur={(event) => setExperiment(event.target.value)}
        />
        <datalist id={list}>
          {experiments.map((experiment) => (
            <option key={experiment} value={experiment} />
          ))}
        </datalist>
        {isFiltered(filter) && (
          <button
            type="button"
            className="button button-small"
            onClick={() => onChange({ states: [], experiment: null })}
          >
            {text.runs.clearFilters}
          </button>
        )}
      </div>
    </form>
  );
}

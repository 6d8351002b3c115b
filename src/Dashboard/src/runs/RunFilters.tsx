import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import type { ApiError } from '../api/problem';
import { type RunSummary, runStates } from '../api/types';
import { Button } from '../design/Button';
import { SearchField } from '../design/SearchField';
import { text } from '../text/text';
import { type ColumnId, sortKeyOf, titleOf } from './columns';
import { isFiltered, noFilter, type RunFilter, toggleState } from './filters';
import { GroupBy } from './GroupBy';
import { StudyChip } from './StudyChip';
import { WhereField } from './WhereField';

interface RunFiltersProps {
  filter: RunFilter;
  /** The loaded runs; their experiments and tags are suggested. */
  runs: readonly RunSummary[];
  /** The columns of the table, for sorting. */
  columns: readonly ColumnId[];
  /** The settings that runs are grouped by. */
  groupKeys: readonly string[];
  /** What is wrong with the filter expression. */
  whereError: ApiError | null;
  onChange: (filter: RunFilter) => void;
  onGroup: (keys: readonly string[]) => void;
  search: RefObject<HTMLInputElement | null>;
}

const typingMilliseconds = 250;

/** Filters, groups and order of the run table; they are in the URL. */
export function RunFilters(props: RunFiltersProps) {
  const { filter, runs, columns, groupKeys, whereError, onChange, onGroup, search } = props;
  return (
    <div className="filters row" role="search" aria-label={text.runs.filterLabel}>
      <RunSearch input={search} query={filter.query} onChange={(query) => onChange({ ...filter, query })} />
      <WhereField
        where={filter.where}
        error={whereError}
        runs={runs}
        onChange={(where) => onChange({ ...filter, where })}
      />
      <GroupBy keys={groupKeys} onChange={onGroup} />
      <SortSelect sort={filter.sort} columns={columns} onChange={(sort) => onChange({ ...filter, sort })} />
      <div className="filter-states row" role="group" aria-label={text.runs.stateFilterLabel}>
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
        {filter.tag !== null && (
          <button
            type="button"
            className="chip"
            aria-pressed="true"
            aria-label={text.runs.tagFilter(filter.tag)}
            onClick={() => onChange({ ...filter, tag: null })}
          >
            {filter.tag} ×
          </button>
        )}
        {filter.study !== null && (
          <StudyChip study={filter.study} onRemove={() => onChange({ ...filter, study: null })} />
        )}
        {isFiltered({ ...filter, archived: false, experiment: null }) && (
          <Button small onClick={() => onChange({ ...noFilter, ...pick(filter) })}>
            {text.runs.clearFilters}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What the button does not clear: it is chosen elsewhere. */
const pick = ({ sort, archived, experiment }: RunFilter) => ({ sort, archived, experiment });

interface SortSelectProps {
  sort: string | null;
  columns: readonly ColumnId[];
  onChange: (sort: string | null) => void;
}

/** The order, on narrow screens, where the table has no column headings. */
function SortSelect({ sort, columns, onChange }: SortSelectProps) {
  const keys = [
    { key: 'name', title: text.runs.columns.run },
    { key: 'state', title: text.runs.columns.state },
    ...columns.flatMap((id) => {
      const key = sortKeyOf(id);
      return key === null ? [] : { key, title: titleOf(id) };
    }),
  ];
  const orders = keys.flatMap(({ key, title }) => [
    { value: `-${key}`, label: text.runs.descending(title) },
    { value: key, label: text.runs.ascending(title) },
  ]);
  // The URL may name a column that is not shown.
  const isHidden = sort !== null && !orders.some(({ value }) => value === sort);
  return (
    <select
      className="input sort-select"
      aria-label={text.runs.order}
      value={sort ?? ''}
      onChange={({ target: { value } }) => onChange(value === '' ? null : value)}
    >
      <option value="">{text.runs.newestFirst}</option>
      {isHidden && <option value={sort}>{sort}</option>}
      {orders.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

interface RunSearchProps {
  input: RefObject<HTMLInputElement | null>;
  query: string | null;
  onChange: (query: string | null) => void;
}

/** The search field; it takes effect when typing pauses. */
function RunSearch({ input, query, onChange }: RunSearchProps) {
  const [typed, setTyped] = useState(query ?? '');
  const change = useEffectEvent(onChange);
  // The URL may change by other controls, such as the button that clears the filters.
  useEffect(() => setTyped((before) => (before.trim() === (query ?? '') ? before : (query ?? ''))), [query]);
  useEffect(() => {
    const words = typed.trim() === '' ? null : typed.trim();
    if (words === query) {
      return;
    }
    const timer = setTimeout(() => change(words), typingMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, query]);
  return (
    <SearchField
      ref={input}
      className="search"
      label={text.runs.searchLabel}
      placeholder={text.runs.searchPlaceholder}
      value={typed}
      characters={200}
      onChange={setTyped}
    />
  );
}

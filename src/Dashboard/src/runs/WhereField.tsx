import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { api, unwrap } from '../api/client';
import { ApiError } from '../api/problem';
import type { FilterFieldEntry, RunSummary } from '../api/types';
import { classes } from '../design/classes';
import { maximumLength } from '../text/maximumLength';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import { type Completion, complete, type Suggestion } from './completeWhere';
import { WhereHelp } from './WhereHelp';

const t = text.where;
const none: Completion = { from: 0, to: 0, suggestions: [] };

interface WhereFieldProps {
  where: string | null;
  /** Why the service cannot read the expression; null if it can. */
  error: ApiError | null;
  /** The loaded runs: their experiments and tags are suggested. */
  runs: readonly RunSummary[];
  onChange: (where: string | null) => void;
}

/** The problem of a filter expression in an error of the list; null for other errors. */
export const filterError = (error: Error | null): ApiError | null =>
  error instanceof ApiError && error.problem.type === '/problems/invalid-filter' ? error : null;

const useFilterFields = (isWanted: boolean) =>
  useQuery({
    queryKey: ['filter-fields'],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/runs/fields', { signal }))).fields,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isWanted,
  });

/** A filter expression with completion. Enter applies it; Tab or Enter takes the marked suggestion. */
export function WhereField({ where, error, runs, onChange }: WhereFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(where ?? '');
  const [isWanted, setIsWanted] = useState(false);
  // Where the caret was when something was typed or clicked; null: no suggestions.
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const { data: fields = [] } = useFilterFields(isWanted);
  useEffect(() => setTyped(where ?? ''), [where]);

  const valuesOf = (field: FilterFieldEntry): readonly string[] =>
    field.name === 'experiment'
      ? [...new Set(runs.map(({ experiment }) => experiment))].sort()
      : field.name === 'tag'
        ? [...new Set(runs.flatMap(({ tags }) => tags))].sort()
        : field.choices;
  const completion = caret === null ? none : complete(typed, caret, fields, valuesOf);
  const suggest = () => {
    setCaret(input.current?.selectionStart ?? null);
    setActive(-1);
  };
  const close = () => setCaret(null);
  const apply = () => {
    close();
    onChange(typed.trim() === '' ? null : typed.trim());
  };
  const take = ({ value }: Suggestion) => {
    const next = `${typed.slice(0, completion.from)}${value} ${typed.slice(completion.to).trimStart()}`;
    const end = completion.from + value.length + 1;
    // At once, before the next key: the caret would otherwise jump back over what was typed since.
    flushSync(() => setTyped(next));
    input.current?.focus();
    input.current?.setSelectionRange(end, end);
    suggest();
  };
  const { suggestions } = completion;
  const press = (event: KeyboardEvent) => {
    const count = suggestions.length;
    // Tab completes a word that was begun; otherwise it leaves the field.
    const isBegun = completion.to > completion.from;
    const chosen = suggestions[active] ?? (event.key === 'Tab' && isBegun ? suggestions[0] : undefined);
    if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1) + count) % count);
    } else if (chosen !== undefined && !event.shiftKey && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      apply();
    } else if (event.key === 'Escape' && count > 0) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className="where">
      <input
        ref={input}
        type="text"
        className={classes('input mono', error !== null && 'input-invalid')}
        role="combobox"
        aria-label={t.label}
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        placeholder={t.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={maximumLength(1_000)}
        value={typed}
        onFocus={() => setIsWanted(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          suggest();
        }}
        onClick={suggest}
        onKeyDown={press}
        onBlur={() => {
          close();
          if ((typed.trim() === '' ? null : typed.trim()) !== where) {
            apply();
          }
        }}
      />
      <WhereHelp fields={fields} onOpen={() => setIsWanted(true)} onChoose={onChange} />
      {suggestions.length > 0 && (
        <div className="where-list" id={`${id}-list`} role="listbox" aria-label={t.suggestions}>
          {suggestions.map((suggestion, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys.
            <div
              key={suggestion.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
            >
              <span className="mono">{suggestion.value}</span>
              {suggestion.kind !== null && <small>{t.kinds[suggestion.kind]}</small>}
            </div>
          ))}
        </div>
      )}
      {error !== null && (
        <p className="where-error" id={`${id}-error`} role="alert">
          {translate('filters', error.problem, error.problem.detail ?? error.problem.title)}{' '}
          <Marked error={error} where={where ?? ''} />
        </p>
      )}
    </div>
  );
}

/** The expression with the part that is wrong marked. */
function Marked({ error, where }: { error: ApiError; where: string }) {
  const { start, length } = error.problem;
  return (
    start != null &&
    length != null &&
    length > 0 && (
      <code>
        {where.slice(Math.max(0, start - 20), start)}
        <mark>{where.slice(start, start + length)}</mark>
        {where.slice(start + length, start + length + 20)}
      </code>
    )
  );
}

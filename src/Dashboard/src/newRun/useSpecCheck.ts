import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { api, unwrap } from '../api/client';
import type { SpecCheck, SpecFinding, SpecInput } from '../api/types';
import { type JsonReading, lineOf } from '../json/parse';
import type { Json } from '../json/pointer';
import { text } from '../text/text';
import { useDebounced } from './useDebounced';

export interface CheckState {
  /** The newest result; null before the first. */
  readonly check: SpecCheck | null;
  /** Whether the result is of the current spec. */
  readonly isCurrent: boolean;
  readonly findings: readonly SpecFinding[];
  /** The last valid spec with every default filled in. */
  readonly effective: Json | null;
  readonly error: Error | null;
}

/** Validates the spec with the service while the user types. */
export function useSpecCheck(document: Json, reading: JsonReading, json: string): CheckState {
  const minified = useMemo(() => JSON.stringify(document), [document]);
  const debounced = useDebounced(minified, 250);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['spec-check', debounced],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/specs/check', { body: JSON.parse(debounced) as SpecInput, signal })),
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  const effective = useRef<Json | null>(null);
  if (data?.spec != null) {
    effective.current = data.spec as unknown as Json;
  }
  const findings = useMemo(
    () => (reading.ok ? (data?.findings ?? []) : [malformedJson(json, reading)]),
    [reading, data, json],
  );
  return {
    check: data ?? null,
    isCurrent: reading.ok && debounced === minified && data !== undefined && !isPlaceholderData,
    findings,
    effective: effective.current,
    error,
  };
}

function malformedJson(json: string, { problem, offset }: Extract<JsonReading, { ok: false }>): SpecFinding {
  const { line, column } = lineOf(json, offset);
  const message = text.newRun.jsonAt(line, column, text.newRun.jsonProblems[problem]);
  return {
    severity: 'error',
    pointer: '',
    code: 'malformed_json',
    arguments: { detail: message },
    message,
    found: null,
    allowed: '',
    fix: '',
  };
}

import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { answered, api } from '../api/client';
import type { SpecCheck, SpecFinding, SpecInput } from '../api/types';
import { text } from '../text/text';
import { type JsonReading, lineOf } from './json/jsonMap';
import type { Json } from './json/pointer';
import { useDebounced } from './useDebounced';

export interface CheckState {
  /** The newest answer; null before the first. */
  readonly check: SpecCheck | null;
  /** Whether the answer is about the spec as it is now. */
  readonly isCurrent: boolean;
  readonly findings: readonly SpecFinding[];
  /** The newest valid spec with every default filled in. */
  readonly effective: Json | null;
  readonly error: Error | null;
}

/** Asks the service, while a person writes, what it thinks of the spec. */
export function useSpecCheck(document: Json, reading: JsonReading, written: string): CheckState {
  const minified = useMemo(() => JSON.stringify(document), [document]);
  const asked = useDebounced(minified, 250);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['spec-check', asked],
    queryFn: ({ signal }) =>
      answered(api.POST('/api/v1/specs/check', { body: JSON.parse(asked) as SpecInput, signal })),
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  const effective = useRef<Json | null>(null);
  if (data?.spec != null) {
    effective.current = data.spec as unknown as Json;
  }
  const findings = useMemo(
    () => (reading.ok ? (data?.findings ?? []) : [brokenJson(written, reading)]),
    [reading, data, written],
  );
  return {
    check: data ?? null,
    isCurrent: reading.ok && asked === minified && data !== undefined && !isPlaceholderData,
    findings,
    effective: effective.current,
    error,
  };
}

function brokenJson(written: string, { problem, offset }: Extract<JsonReading, { ok: false }>): SpecFinding {
  const { line, column } = lineOf(written, offset);
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

import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { ApiError } from '../../api/problem';
import type { components } from '../../api/schema';
import type { SpecFinding } from '../../api/types';
import { useDebounced } from '../useDebounced';
import type { StudyRequest } from './draft';

export type StudyCheck = components['schemas']['StudyCheck'];

export interface StudyCheckState {
  /** The newest result; null before the first. */
  readonly check: StudyCheck | null;
  /** Whether the result is of the current draft. */
  readonly isCurrent: boolean;
  /** Pointers are into the request. */
  readonly findings: readonly SpecFinding[];
  readonly error: Error | null;
}

interface Answer {
  readonly check: StudyCheck | null;
  readonly findings: readonly SpecFinding[];
}

const none: readonly SpecFinding[] = [];

/** Expands the study with the service while the user types; null: there is none. */
export function useStudyCheck(request: StudyRequest | null): StudyCheckState {
  const json = request === null ? null : JSON.stringify(request);
  const debounced = useDebounced(json, 250);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['study-check', debounced],
    queryFn: ({ signal }) => ask(JSON.parse(debounced ?? ''), signal),
    enabled: debounced !== null,
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  return {
    check: data?.check ?? null,
    isCurrent: debounced === json && data !== undefined && !isPlaceholderData,
    findings: data?.findings ?? none,
    error,
  };
}

/** A request that cannot be read, as with a word for a number, is answered with findings too. */
async function ask(body: StudyRequest, signal: AbortSignal): Promise<Answer> {
  try {
    const check = await unwrap(api.POST('/api/v1/studies/check', { body, signal }));
    return { check, findings: check.findings };
  } catch (error) {
    if (error instanceof ApiError && error.problem.findings.length > 0) {
      return { check: null, findings: error.problem.findings };
    }
    throw error;
  }
}

import type { RunDetail } from '../api/types';
import { useFindings } from '../run/useMeasured';
import { useRunDetail } from '../run/useRun';
import { say } from '../text/said';
import { type Change, withChanges } from './json/changes';
import { type Json, put } from './json/pointer';

export interface ForkStart {
  readonly run: RunDetail;
  /** What the diagnosis suggests, when the fork is one of its fixes. */
  readonly suggestion: string | null;
  readonly initial: Json;
}

const maximumName = 100;

/** What a fork begins with: the spec of the run, with the changes of one of its findings when that is asked for. */
export function useForkStart(id: string, fix: number | null) {
  const run = useRunDetail(id);
  const findings = useFindings(fix === null ? null : id);
  const error = run.error ?? findings.error;
  const start =
    run.data === undefined || (fix !== null && findings.data === undefined)
      ? null
      : startOf(run.data, findings.data?.findings.find((finding) => finding.seq === fix)?.suggestion ?? null);
  return { start, error, retry: () => void Promise.all([run.refetch(), findings.refetch()]) };
}

function startOf(run: RunDetail, suggestion: { message: string; changes: readonly unknown[] } | null): ForkStart {
  const changed = withChanges(run.spec as unknown as Json, (suggestion?.changes ?? []) as Change[]);
  return {
    run,
    suggestion: suggestion === null ? null : say('suggestions', suggestion, suggestion.message),
    initial: put(changed, '/name', `${run.name.slice(0, maximumName - 7)} (fork)`),
  };
}

import type { RunDetail } from '../api/types';
import { type Change, withChanges } from '../json/changes';
import type { Json } from '../json/pointer';
import { useFindings } from '../run/queries';
import { useRunDetail } from '../run/useRun';
import { translate } from '../text/serverMessages';

export interface ForkStart {
  readonly run: RunDetail;
  /** The suggestion of the diagnosis, when the fork applies one. */
  readonly suggestion: string | null;
  readonly initial: Json;
}

/** The initial spec of a fork: the spec of the run, optionally with the suggested changes of one of its findings. */
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
  return {
    run,
    suggestion: suggestion === null ? null : translate('suggestions', suggestion, suggestion.message),
    initial: withChanges(run.spec as unknown as Json, (suggestion?.changes ?? []) as Change[]),
  };
}

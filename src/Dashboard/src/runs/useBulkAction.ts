import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ensureOk } from '../api/client';
import { isTerminal, type RunSummary } from '../api/types';
import { errorMessage } from '../design/Problem';
import { refreshRuns } from './queryKeys';

export type BulkRequest =
  | { readonly action: 'pause' | 'cancel' | 'archive' | 'restore' | 'delete' }
  | { readonly action: 'tag'; readonly tag: string };

export interface BulkState {
  readonly all: number;
  readonly done: number;
  /** Reasons why runs were rejected, for example in the wrong state. */
  readonly rejected: readonly string[];
  readonly isWorking: boolean;
}

export interface BulkOutcome {
  /** The runs for which it was done. */
  readonly done: readonly RunSummary[];
  /** Reasons why the others were rejected. */
  readonly rejected: readonly string[];
}

const concurrency = 4;
const idle: BulkState = { all: 0, done: 0, rejected: [], isWorking: false };

/** Whether an action applies to a run now. Runs are deleted for good from the archive only. */
export function appliesTo(action: BulkRequest['action'], run: RunSummary): boolean {
  switch (action) {
    case 'pause':
      return run.state === 'running';
    case 'cancel':
      return !isTerminal(run.state) && !run.cancelRequested;
    case 'archive':
      return run.archivedAt === null;
    case 'restore':
      return run.archivedAt !== null;
    case 'delete':
      return run.archivedAt !== null && (isTerminal(run.state) || run.state === 'paused');
    case 'tag':
      return true;
  }
}

/** Performs an action on several runs, a few at a time, and counts the results. */
export function useBulkAction() {
  const queries = useQueryClient();
  const [state, setState] = useState<BulkState>(idle);

  const run = async (request: BulkRequest, runs: readonly RunSummary[]): Promise<BulkOutcome> => {
    setState({ ...idle, all: runs.length, isWorking: true });
    const pending = [...runs];
    const done: RunSummary[] = [];
    const rejected: string[] = [];
    const worker = async () => {
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        const current = next;
        const rejection = await send(request, current).then(
          () => null,
          (error: Error) => errorMessage(error),
        );
        if (rejection === null) {
          done.push(current);
        } else {
          rejected.push(rejection);
        }
        setState((before) => ({ ...before, done: done.length, rejected: [...rejected] }));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    setState((before) => ({ ...before, isWorking: false }));
    await refreshRuns(queries);
    return { done, rejected };
  };

  return { state, run };
}

function send(request: BulkRequest, { id, tags }: RunSummary): Promise<void> {
  const params = { params: { path: { id } } };
  switch (request.action) {
    case 'pause':
      return ensureOk(api.POST('/api/v1/runs/{id}/pause', params));
    case 'cancel':
      return ensureOk(api.POST('/api/v1/runs/{id}/cancel', params));
    case 'archive':
      return ensureOk(api.POST('/api/v1/runs/{id}/archive', params));
    case 'restore':
      return ensureOk(api.POST('/api/v1/runs/{id}/restore', params));
    case 'delete':
      return ensureOk(api.DELETE('/api/v1/runs/{id}', params));
    case 'tag':
      return ensureOk(
        api.PATCH('/api/v1/runs/{id}', { ...params, body: { tags: [...new Set([...tags, request.tag])] } }),
      );
  }
}

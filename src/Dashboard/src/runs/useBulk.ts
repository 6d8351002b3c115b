import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accomplished, api } from '../api/client';
import type { RunSummary } from '../api/types';
import { explain } from '../design/Problem';

/** What can be asked for of several runs at once. */
export type BulkWish =
  | { readonly verb: 'pause' | 'cancel' | 'delete' }
  | { readonly verb: 'tag'; readonly tag: string };

export interface BulkState {
  readonly all: number;
  readonly done: number;
  /** Reasons of refusals; a run that an action does not apply to is one. */
  readonly refused: readonly string[];
  readonly isWorking: boolean;
}

const atOnce = 4;
const idle: BulkState = { all: 0, done: 0, refused: [], isWorking: false };

/** Asks for the same of several runs, a few at a time, and counts what came of it. */
export function useBulk() {
  const queries = useQueryClient();
  const [state, setState] = useState<BulkState>(idle);

  const run = async (wish: BulkWish, runs: readonly RunSummary[]): Promise<void> => {
    setState({ ...idle, all: runs.length, isWorking: true });
    const waiting = [...runs];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const refusal = await ask(wish, next).then(
          () => null,
          (error: Error) => explain(error),
        );
        setState((before) =>
          refusal === null
            ? { ...before, done: before.done + 1 }
            : { ...before, refused: [...before.refused, refusal] },
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    setState((before) => ({ ...before, isWorking: false }));
    await queries.invalidateQueries({ queryKey: ['runs'] });
  };

  return { state, run, forget: () => setState(idle) };
}

function ask(wish: BulkWish, { id, tags }: RunSummary): Promise<void> {
  const params = { params: { path: { id } } };
  switch (wish.verb) {
    case 'pause':
      return accomplished(api.POST('/api/v1/runs/{id}/pause', params));
    case 'cancel':
      return accomplished(api.POST('/api/v1/runs/{id}/cancel', params));
    case 'delete':
      return accomplished(api.DELETE('/api/v1/runs/{id}', params));
    case 'tag':
      return accomplished(
        api.PATCH('/api/v1/runs/{id}', { ...params, body: { tags: [...new Set([...tags, wish.tag])] } }),
      );
  }
}

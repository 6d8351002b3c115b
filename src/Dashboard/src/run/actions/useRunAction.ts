import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ensureOk, unwrap } from '../../api/client';
import type { RunDetail } from '../../api/types';
import { navigate } from '../../navigation/navigation';
import { refreshRuns } from '../../runs/queryKeys';
import { detailKey } from '../useRun';
import type { Extension } from './ExtendDialog';

export type ActionRequest =
  | { readonly action: 'pause' | 'resume' | 'retry' | 'cancel' | 'archive' | 'restore' | 'delete' }
  | { readonly action: 'extend'; readonly extension: Extension };

/** Performs an action on the run and updates the page with its result. */
export function useRunAction(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: ActionRequest) => send(id, request),
    onSuccess: (run, { action }) => {
      if (run === null || action === 'archive' || action === 'restore') {
        void refreshRuns(queries);
      }
      if (run === null) {
        queries.removeQueries({ queryKey: detailKey(id) });
        navigate('/runs');
      } else {
        queries.setQueryData<RunDetail>(detailKey(id), (known) =>
          known === undefined || run.lastSeq >= known.lastSeq ? run : known,
        );
      }
    },
    // The state may have changed in the meantime.
    onError: () => void queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

async function send(id: string, request: ActionRequest): Promise<RunDetail | null> {
  const params = { params: { path: { id } } };
  switch (request.action) {
    case 'extend':
      return unwrap(api.POST('/api/v1/runs/{id}/extend', { ...params, body: request.extension }));
    case 'delete':
      await ensureOk(api.DELETE('/api/v1/runs/{id}', params));
      return null;
    default:
      return unwrap(api.POST(`/api/v1/runs/{id}/${request.action}`, params));
  }
}

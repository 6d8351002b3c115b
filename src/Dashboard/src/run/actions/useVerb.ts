import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accomplished, answered, api } from '../../api/client';
import type { RunDetail } from '../../api/types';
import { navigate } from '../../shell/navigation';
import { detailKey } from '../useRun';

/** What a person asks for; extending needs the new total. */
export type Wish =
  | { readonly verb: 'pause' | 'resume' | 'retry' | 'cancel' | 'delete' }
  | { readonly verb: 'extend'; readonly epochs: number };

/** Asks the service to do something to the run, and shows what it then is. */
export function useVerb(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => ask(id, wish),
    onSuccess: (run) => {
      if (run === null) {
        queries.removeQueries({ queryKey: detailKey(id) });
        void queries.invalidateQueries({ queryKey: ['runs'] });
        navigate('/');
      } else {
        queries.setQueryData<RunDetail>(detailKey(id), (known) =>
          known === undefined || run.lastSeq >= known.lastSeq ? run : known,
        );
      }
    },
    // It may have been too late: show what the run is now.
    onError: () => void queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

async function ask(id: string, wish: Wish): Promise<RunDetail | null> {
  const params = { params: { path: { id } } };
  switch (wish.verb) {
    case 'pause':
      return answered(api.POST('/api/v1/runs/{id}/pause', params));
    case 'resume':
      return answered(api.POST('/api/v1/runs/{id}/resume', params));
    case 'retry':
      return answered(api.POST('/api/v1/runs/{id}/retry', params));
    case 'cancel':
      return answered(api.POST('/api/v1/runs/{id}/cancel', params));
    case 'extend':
      return answered(api.POST('/api/v1/runs/{id}/extend', { ...params, body: { epochs: wish.epochs } }));
    case 'delete':
      await accomplished(api.DELETE('/api/v1/runs/{id}', params));
      return null;
  }
}

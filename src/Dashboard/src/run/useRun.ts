import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answered, api } from '../api/client';
import { isTerminal, type RunDetail, type RunEventEntry } from '../api/types';
import { useLive } from '../live/LiveProvider';
import { followRun } from '../live/runFeed';
import { emptyView, fold, type RunView } from './view/runView';

const detailKey = (id: string) => ['run', id] as const;
const viewKey = (id: string) => ['run-view', id] as const;

/** The run as REST tells it. */
export const useRunDetail = (id: string) =>
  useQuery({
    queryKey: detailKey(id),
    queryFn: ({ signal }) => answered(api.GET('/api/v1/runs/{id}', { params: { path: { id } }, signal })),
  });

/**
 * The run as its events tell it, growing while the page is open. It stays in the cache for a while: who comes back continues where the
 * view stopped.
 */
export function useRunView(id: string): RunView {
  const live = useLive();
  const queries = useQueryClient();
  const { data = emptyView } = useQuery<RunView>({
    queryKey: viewKey(id),
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

  useEffect(() => {
    const viewNow = () => queries.getQueryData<RunView>(viewKey(id)) ?? emptyView;
    return followRun(live, {
      runId: id,
      afterSeq: viewNow().lastSeq,
      onEntries: (entries) => {
        queries.setQueryData<RunView>(viewKey(id), fold(viewNow(), entries));
        // Attempts, the failure and the end of a run are told by REST.
        const known = queries.getQueryData<RunDetail>(detailKey(id))?.lastSeq ?? 0;
        if (entries.some((entry) => entry.seq > known && changesDetail(entry))) {
          void queries.invalidateQueries({ queryKey: detailKey(id) });
        }
      },
    });
  }, [id, live, queries]);

  return data;
}

const changesDetail = ({ event }: RunEventEntry): boolean =>
  event.type === 'state' || event.type === 'finished' || event.type === 'failed';

/** Asks the service to cancel the run. */
export function useCancel(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answered(api.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } })),
    onSuccess: (run) =>
      queries.setQueryData<RunDetail>(detailKey(id), (known) =>
        known === undefined || run.lastSeq >= known.lastSeq || isTerminal(run.state) ? run : known,
      ),
    // It may have been too late: show what the run is now.
    onError: () => void queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

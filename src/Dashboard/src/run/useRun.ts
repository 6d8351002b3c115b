import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, api } from '../api/client';
import { isTerminal, type RunDetail, type RunEventEntry } from '../api/types';
import { useLive } from '../live/LiveProvider';
import { followRun } from '../live/runFeed';
import { emptyView, fold, type RunView } from './view/runView';

export const detailKey = (id: string) => ['run', id] as const;
const viewKey = (id: string) => ['run-view', id] as const;

const detailQuery = (id: string) =>
  queryOptions({
    queryKey: detailKey(id),
    queryFn: ({ signal }) => answered(api.GET('/api/v1/runs/{id}', { params: { path: { id } }, signal })),
  });

/** The run as REST tells it. */
export const useRunDetail = (id: string) => useQuery(detailQuery(id));

/**
 * The run as its events tell it, growing while the page is open. It stays in the cache for a while: who comes back continues where the
 * view stopped. The stream of a run ends with it; when it goes on after all (retried, extended), the stream is opened again.
 */
export function useRunView(id: string, isOver: boolean): RunView {
  const live = useLive();
  const queries = useQueryClient();
  const { data = emptyView } = useQuery<RunView>({
    queryKey: viewKey(id),
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

  // Counts the streams that ended although the run goes on: it was retried or extended before the page knew that it was over.
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was over and is no longer has a new stream.
  useEffect(() => {
    let isOpen = true;
    const viewNow = () => queries.getQueryData<RunView>(viewKey(id)) ?? emptyView;
    const stop = followRun(live, {
      runId: id,
      afterSeq: viewNow().lastSeq,
      onEntries: (entries) => {
        queries.setQueryData<RunView>(viewKey(id), fold(viewNow(), entries));
        // Attempts, the failure and the end of a run are told by REST.
        const known = queries.getQueryData<RunDetail>(detailKey(id))?.lastSeq ?? 0;
        if (entries.some((entry) => entry.seq > known && changesDetail(entry))) {
          void queries.invalidateQueries({ queryKey: detailKey(id) });
        }
        for (const [type, key] of Object.entries(measured)) {
          if (entries.some((entry) => entry.event.type === type)) {
            void queries.invalidateQueries({ queryKey: [key, id] });
          }
        }
      },
      onEnd: () => {
        // What the page knows to be over has a new stream as soon as it is no longer.
        if (isOver) {
          return;
        }
        void queries.fetchQuery({ ...detailQuery(id), staleTime: 0 }).then(
          ({ state }) => {
            if (isOpen && !isTerminal(state)) {
              setRound((last) => last + 1);
            }
          },
          // The page says what is wrong with the run by its own question.
          () => undefined,
        );
      },
    });
    return () => {
      isOpen = false;
      stop();
    };
  }, [id, isOver, round, live, queries]);

  return data;
}

/** Events that say that there is more to ask for, and what is asked for then. */
const measured: Readonly<Partial<Record<RunEventEntry['event']['type'], string>>> = {
  observation: 'run-observations',
  decision_frame: 'run-boundary',
  evaluation: 'run-evaluation',
  finding: 'run-findings',
  checkpoint: 'run-checkpoints',
};

const changesDetail = ({ event }: RunEventEntry): boolean =>
  event.type === 'state' || event.type === 'finished' || event.type === 'failed';

import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, unwrap } from '../api/client';
import { isTerminal, type RunDetail, type RunEventEntry } from '../api/types';
import { followRun } from '../live/followRun';
import { useLive } from '../live/LiveProvider';
import { emptyHistory, fold, type RunHistory } from './history/runHistory';

export const detailKey = (id: string) => ['run', id] as const;
const historyKey = (id: string) => ['run-history', id] as const;

const detailQuery = (id: string) =>
  queryOptions({
    queryKey: detailKey(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/runs/{id}', { params: { path: { id } }, signal })),
  });

/** The run as the REST API returns it; without an id, nothing is requested. */
export const useRunDetail = (id: string | null) => useQuery({ ...detailQuery(id ?? ''), enabled: id !== null });

/**
 * The events of a run, folded while the page is open and cached for a while afterwards. The service completes the stream when the run
 * ends; when the run is retried or extended, it is subscribed again.
 */
export function useRunHistory(id: string, hasEnded: boolean): RunHistory {
  const live = useLive();
  const queries = useQueryClient();
  const { data = emptyHistory } = useQuery<RunHistory>({
    queryKey: historyKey(id),
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

  // Counts streams that completed although the run continues: it was retried or extended before the page knew that it had ended.
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that had ended and continues needs a new stream.
  useEffect(() => {
    let isOpen = true;
    const current = () => queries.getQueryData<RunHistory>(historyKey(id)) ?? emptyHistory;
    const stop = followRun(live, {
      runId: id,
      afterSeq: current().lastSeq,
      onEntries: (entries) => {
        queries.setQueryData<RunHistory>(historyKey(id), fold(current(), entries));
        // Attempts, failure and end of a run come from the REST API.
        const known = queries.getQueryData<RunDetail>(detailKey(id))?.lastSeq ?? 0;
        if (entries.some((entry) => entry.seq > known && changesDetail(entry))) {
          void queries.invalidateQueries({ queryKey: detailKey(id) });
        }
        for (const [type, key] of Object.entries(refetchedBy)) {
          if (entries.some((entry) => entry.event.type === type)) {
            void queries.invalidateQueries({ queryKey: [key, id] });
          }
        }
      },
      onEnd: () => {
        // A run known to have ended gets a new stream when its state changes.
        if (hasEnded) {
          return;
        }
        void queries.fetchQuery({ ...detailQuery(id), staleTime: 0 }).then(
          ({ state }) => {
            if (isOpen && !isTerminal(state)) {
              setRound((last) => last + 1);
            }
          },
          // The page's own query reports the error.
          () => undefined,
        );
      },
    });
    return () => {
      isOpen = false;
      stop();
    };
  }, [id, hasEnded, round, live, queries]);

  return data;
}

/** Queries to refetch, by the type of the event that announces new data. */
const refetchedBy: Readonly<Partial<Record<RunEventEntry['event']['type'], string>>> = {
  observation: 'run-observations',
  decision_frame: 'run-boundary',
  prediction: 'run-predictions',
  evaluation: 'run-evaluation',
  finding: 'run-findings',
  checkpoint: 'run-checkpoints',
};

const changesDetail = ({ event }: RunEventEntry): boolean =>
  event.type === 'state' || event.type === 'finished' || event.type === 'failed';

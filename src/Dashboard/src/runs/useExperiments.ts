import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { api, ensureOk, unwrap } from '../api/client';
import { experimentLists, refreshRuns } from './queryKeys';

const pageSize = 50;
/** Runs are added and archived elsewhere, too. */
const refreshMilliseconds = 15_000;

/** The experiments, the one with the latest run first. */
export const useExperiments = (search: string) =>
  useInfiniteQuery({
    queryKey: [...experimentLists, search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/experiments', {
          params: {
            query: {
              limit: pageSize,
              ...(pageParam === null ? {} : { after: pageParam }),
              ...(search === '' ? {} : { q: search }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: refreshMilliseconds,
  });

/** Changes to experiments; the lists are read again afterwards. */
export function useExperimentActions() {
  const queries = useQueryClient();
  const refresh = () => refreshRuns(queries);

  const edit = async (name: string, body: { name?: string; description?: string }) => {
    await ensureOk(api.PATCH('/api/v1/experiments', { params: { query: { name } }, body }));
    await refresh();
  };
  /** Archives its runs. Returns how many there were, and a way back. */
  const archive = async (name: string) => {
    const { runs, archivedAt } = await unwrap(api.POST('/api/v1/experiments/archive', { params: { query: { name } } }));
    await refresh();
    const undo = async () => {
      if (archivedAt !== null) {
        await ensureOk(api.POST('/api/v1/experiments/restore', { params: { query: { name, archivedAt } } }));
        await refresh();
      }
    };
    return { runs, undo };
  };
  return { edit, archive };
}

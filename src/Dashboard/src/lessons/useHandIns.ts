import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { isTerminal } from '../api/types';

export type HandInList = components['schemas']['HandInList'];
export type HandInEntry = HandInList['items'][number];

const keyOf = (lesson: string) => ['lesson-hand-ins', lesson] as const;

/** The runs that were handed in. Runs of anyone: read again while the test set is evaluated. */
export const useHandIns = (lesson: string) =>
  useQuery({
    queryKey: keyOf(lesson),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/lessons/{id}/hand-ins', { params: { path: { id: lesson } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(
        ({ state, testAccuracy }) => !isTerminal(state) || (data.openedAt !== null && testAccuracy === null),
      )
        ? 2_000
        : false,
  });

/** The latest runs that have succeeded. */
export const useCandidates = () =>
  useQuery({
    queryKey: ['lesson-candidates'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/api/v1/runs', { params: { query: { state: ['succeeded'], limit: 50 } }, signal }))).items,
  });

export function useHandIn(lesson: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (run: string) =>
      unwrap(api.POST('/api/v1/lessons/{id}/hand-ins', { params: { path: { id: lesson } }, body: { run } })),
    onSuccess: (list) => queries.setQueryData<HandInList>(keyOf(lesson), list),
  });
}

export function useOpenTest(lesson: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/lessons/{id}/open-test', { params: { path: { id: lesson } } })),
    onSuccess: (list) => {
      queries.setQueryData<HandInList>(keyOf(lesson), list);
      void queries.invalidateQueries({ queryKey: ['lesson-outcome', lesson] });
    },
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { isTerminal } from '../api/types';
import { fallbackMilliseconds, useReadAgain } from '../live/useReadAgain';

export type HandInList = components['schemas']['HandInList'];
export type HandInEntry = HandInList['items'][number];

const keyOf = (lesson: string) => ['lesson-hand-ins', lesson] as const;

/** The runs that were handed in. Runs of anyone: read again when one changes, as while the test set is evaluated. */
export function useHandIns(lesson: string) {
  const handIns = useQuery({
    queryKey: keyOf(lesson),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/lessons/{id}/hand-ins', { params: { path: { id: lesson } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(
        ({ state, testAccuracy }) => !isTerminal(state) || (data.openedAt !== null && testAccuracy === null),
      )
        ? fallbackMilliseconds
        : false,
  });
  const isOurs = (id: string) => handIns.data?.items.some(({ run }) => run === id) === true;
  useReadAgain(
    [{ queryKey: keyOf(lesson) }],
    ({ changed, deleted, missed }) => missed || deleted.some(isOurs) || changed.some(({ id }) => isOurs(id)),
  );
  return handIns;
}

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

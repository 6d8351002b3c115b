import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { fallbackMilliseconds, useReadAgain } from '../live/useReadAgain';
import { quoted } from '../runs/completeWhere';

type Schemas = components['schemas'];

export type HandInList = Schemas['HandInList'];
export type HandInEntry = HandInList['items'][number];
export type HandInRules = Schemas['HandInRules'];

const keyOf = (lesson: string) => ['lesson-hand-ins', lesson] as const;

/** What was handed in for a round; null: the latest. Runs of anyone: read again when one changes, as while the test set is evaluated. */
export function useHandIns(lesson: string, round: number | null) {
  const handIns = useQuery({
    queryKey: [...keyOf(lesson), round],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/lessons/{id}/hand-ins', {
          params: { path: { id: lesson }, query: round === null ? {} : { round } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    // Others hand in, too, and what they do is not pushed.
    refetchInterval: fallbackMilliseconds,
  });
  const isOurs = (id: string) => handIns.data?.items.some(({ run }) => run === id) === true;
  useReadAgain(
    [{ queryKey: keyOf(lesson) }],
    ({ changed, deleted, missed }) => missed || deleted.some(isOurs) || changed.some(({ id }) => isOurs(id)),
  );
  return handIns;
}

/** The expression that selects what may be handed in: runs with the data of the rankings, of one's own where people have names, and no trials of studies. */
export function candidateFilter(
  { datasets, validationCount, validationFraction, dataSeed }: HandInRules,
  name: string | null,
): string {
  return [
    `dataset in (${datasets.map(quoted).join(', ')})`,
    validationCount === null
      ? `param.data.validationCount = null and param.data.validationFraction = ${validationFraction}`
      : `param.data.validationCount = ${validationCount}`,
    `param.data.seed = ${dataSeed}`,
    'trial = null',
    ...(name === null ? [] : [`createdBy = ${quoted(name)}`]),
  ].join(' and ');
}

/** The latest 50 runs that may be handed in and match some words. name: Whose; null without authentication. */
export function useCandidates(rules: HandInRules, name: string | null, words: string) {
  const where = candidateFilter(rules, name);
  const candidates = useQuery({
    queryKey: ['lesson-candidates', where, words],
    queryFn: async ({ signal }) => {
      const query = { state: ['succeeded' as const], limit: 50, where, ...(words === '' ? {} : { q: words }) };
      return (await unwrap(api.GET('/api/v1/runs', { params: { query }, signal }))).items;
    },
    placeholderData: keepPreviousData,
  });
  useReadAgain(
    [{ queryKey: ['lesson-candidates'] }],
    ({ changed, deleted, missed }) =>
      missed ||
      changed.some(({ state }) => state === 'succeeded') ||
      deleted.some((id) => candidates.data?.some((run) => run.id === id)),
  );
  return candidates;
}

/** A change of the hand-ins of a lesson, which answers with the list of the latest round. */
function useChange<Variables = void>(lesson: string, change: (variables: Variables) => Promise<HandInList>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Also after an error: the list was probably another than it seemed.
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['lesson-outcome', lesson] });
      return queries.invalidateQueries({ queryKey: keyOf(lesson) });
    },
  });
}

const path = (id: string) => ({ path: { id } });

export const useHandIn = (lesson: string) =>
  useChange(lesson, (run: string) =>
    unwrap(api.POST('/api/v1/lessons/{id}/hand-ins', { params: path(lesson), body: { run } })),
  );

export const useWithdraw = (lesson: string) =>
  useChange(lesson, (run: string) =>
    unwrap(api.DELETE('/api/v1/lessons/{id}/hand-ins/{run}', { params: { path: { id: lesson, run } } })),
  );

/** Opens the test set, or goes on with what is left. */
export const useOpenTest = (lesson: string) =>
  useChange(lesson, () => unwrap(api.POST('/api/v1/lessons/{id}/open-test', { params: path(lesson) })));

export const useBeginRound = (lesson: string) =>
  useChange(lesson, () => unwrap(api.POST('/api/v1/lessons/{id}/hand-in-rounds', { params: path(lesson) })));

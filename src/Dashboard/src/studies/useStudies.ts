import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ensureOk, unwrap } from '../api/client';
import { isUnknown } from '../api/problem';
import type { components } from '../api/schema';
import { fallbackMilliseconds, useReadAgain } from '../live/useReadAgain';
import { navigate } from '../navigation/navigation';

type Schemas = components['schemas'];

export type StudySummary = Schemas['StudySummary'];
export type StudyDetail = Schemas['StudyDetail'];
export type StudyState = Schemas['StudyState'];
export type StudyResult = Schemas['StudyResult'];
export type TrialEntry = Schemas['TrialEntry'];
export type TrialState = Schemas['TrialState'];
export type StudyActionName = keyof Schemas['StudyActions'];
export type ArmComparison = NonNullable<StudyResult['comparison']>;

const ended: readonly StudyState[] = ['completed', 'stopped', 'cancelled', 'failed'];

export const hasEnded = (state: StudyState): boolean => ended.includes(state);

/** Trials that have ended, however. */
export const done = ({ counts }: StudySummary): number =>
  counts.completed + counts.stopped + counts.failed + counts.infeasible;

const listKey = ['studies'] as const;

/** The studies, latest first; live. */
export function useStudies() {
  const studies = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/studies', {
          params: { query: pageParam === null ? { limit: 50 } : { limit: 50, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: fallbackMilliseconds,
  });
  useReadAgain([{ queryKey: listKey }], ({ studies: changed, missed }) => missed || changed.length > 0);
  return studies;
}

/** A study; live while it goes on, and while its test set is evaluated. */
export function useStudy(id: string) {
  const study = useQuery({
    queryKey: ['study', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/studies/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data, error } }) =>
      isUnknown(error) || (data !== undefined && !goesOn(data)) ? false : fallbackMilliseconds,
  });
  // Each epoch of its runs adds to the curves of its trials and to what it has cost.
  useReadAgain(
    [{ queryKey: ['study', id], exact: true }, { queryKey: ['study', id, 'trials'] }],
    ({ changed, studies, missed }) => missed || studies.includes(id) || changed.some(({ studyId }) => studyId === id),
  );
  return study;
}

const goesOn = (study: StudyDetail): boolean =>
  !hasEnded(study.state) ||
  study.looks.some(({ scores }) => scores.some(({ state, accuracy }) => accuracy === null && state !== null));

/** Its trials with their curves; read again whenever the study has changed, and by useStudy while trials are in training. */
export const useTrials = (study: StudyDetail) =>
  useQuery({
    queryKey: ['study', study.id, 'trials', study.updatedAt],
    queryFn: async ({ signal }) => {
      const params = { path: { id: study.id }, query: { curves: true } };
      return (await unwrap(api.GET('/api/v1/studies/{id}/trials', { params, signal }))).items;
    },
    placeholderData: keepPreviousData,
    refetchInterval: study.counts.running > 0 ? fallbackMilliseconds : false,
  });

/** What it has found; computed anew for each trial that ends. */
export const useStudyResult = (study: StudyDetail) =>
  useQuery({
    queryKey: ['study', study.id, 'result', study.counts.completed, study.counts.stopped, hasEnded(study.state)],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/studies/{id}/result', { params: { path: { id: study.id } }, signal })),
    placeholderData: keepPreviousData,
  });

export type StudyRequest =
  | { readonly action: 'pause' | 'resume' | 'stop' | 'cancel' | 'delete' }
  | { readonly action: 'extend'; readonly trials: number }
  | { readonly action: 'edit'; readonly name: string; readonly notes: string }
  | { readonly action: 'test'; readonly trial: number | null };

/** Performs an action on the study and updates the page with its result. */
export function useStudyAction(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: StudyRequest) => send(id, request),
    onSuccess: (study) => {
      void queries.invalidateQueries({ queryKey: listKey });
      if (study === null) {
        queries.removeQueries({ queryKey: ['study', id] });
        navigate('/studies');
      } else {
        queries.setQueryData(['study', id], study);
      }
    },
    // The state may have changed in the meantime.
    onError: () => void queries.invalidateQueries({ queryKey: ['study', id] }),
  });
}

async function send(id: string, request: StudyRequest): Promise<StudyDetail | null> {
  const params = { params: { path: { id } } };
  switch (request.action) {
    case 'extend':
      return unwrap(api.POST('/api/v1/studies/{id}/extend', { ...params, body: { trials: request.trials } }));
    case 'edit': {
      const { name, notes } = request;
      return unwrap(api.PATCH('/api/v1/studies/{id}', { ...params, body: { name, notes } }));
    }
    case 'test':
      return unwrap(api.POST('/api/v1/studies/{id}/test', { ...params, body: { trial: request.trial } }));
    case 'delete':
      await ensureOk(api.DELETE('/api/v1/studies/{id}', params));
      return null;
    default:
      return unwrap(api.POST(`/api/v1/studies/{id}/${request.action}`, params));
  }
}

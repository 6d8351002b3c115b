import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newIdempotencyKey, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { fallbackMilliseconds, useReadAgain } from '../live/useReadAgain';

type Schemas = components['schemas'];

export type LessonSummary = Schemas['LessonSummary'];
export type LessonDetail = Schemas['LessonDetail'];
export type LessonChapter = Schemas['LessonChapter'];
export type LessonPictureName = Schemas['LessonPicture'];
export type LessonAttempt = Schemas['LessonAttempt'];
export type LessonAttemptStudy = Schemas['LessonAttemptStudy'];
export type LessonAttemptRun = Schemas['LessonAttemptRun'];
export type LessonOutcome = Schemas['LessonOutcome'];
export type LessonClaim = Schemas['LessonClaim'];
export type LessonChart = Schemas['LessonChart'];
export type LessonMeasure = Schemas['LessonMeasure'];
export type ClaimOutcome = Schemas['ClaimOutcome'];
export type LessonSetting = Schemas['LessonSetting'];
export type ChosenOption = Schemas['ChosenOption'];
export type LessonCost = Schemas['LessonCost'];
export type StartLessonRequest = Schemas['StartLessonRequest'];

const listKey = ['lessons'] as const;

/** How often a lesson that asks a lab is read again until its answer is there: it comes within seconds, and is not pushed. */
const labMilliseconds = 1_500;

/** The experiment that the runs of a lesson belong to. */
export const experimentOf = (lesson: string) => `lesson ${lesson}`;

/** All lessons, in course order; read again when runs of lessons begin and end, and studies change. */
export function useLessons() {
  const lessons = useQuery({
    queryKey: listKey,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/lessons', { signal }))).items,
    refetchInterval: ({ state: { data } }) => {
      const running = data?.filter(({ progress }) => progress?.ended === false) ?? [];
      return running.length === 0
        ? false
        : running.some(({ kind }) => kind === 'lab')
          ? labMilliseconds
          : fallbackMilliseconds;
    },
  });
  const isRunning = lessons.data?.some(({ progress }) => progress?.ended === false) === true;
  useReadAgain(
    [{ queryKey: listKey }],
    ({ changed, deleted, studies, missed }) =>
      missed ||
      changed.some(({ experiment, state }) => experiment.startsWith(experimentOf('')) && state !== 'running') ||
      (isRunning && (deleted.length > 0 || studies.length > 0)),
  );
  return lessons;
}

export const useLesson = (id: string) =>
  useQuery({
    queryKey: ['lesson', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/lessons/{id}', { params: { path: { id } }, signal })),
  });

const outcomeQuery = (id: string, source: OutcomeSource) =>
  queryOptions({
    queryKey: ['lesson-outcome', id, source.run ?? source.attempt ?? 'latest'],
    queryFn: async ({ signal }): Promise<LessonOutcome | null> => {
      const params = { path: { id } };
      const isLatest = source.run === undefined && source.attempt === undefined;
      if (isLatest && (await unwrap(api.GET('/api/v1/lessons/{id}/attempts', { params, signal }))).items.length === 0) {
        return null;
      }
      return unwrap(api.GET('/api/v1/lessons/{id}/outcome', { params: { ...params, query: source }, signal }));
    },
  });

/** An attempt, or any run for a lesson of one run; by default the caller's latest attempt. */
export interface OutcomeSource {
  readonly attempt?: string;
  readonly run?: string;
}

/** What came of a lesson; null if it was never started. Runs and studies that change make it stale, see useLiveLesson. */
export const useOutcome = (id: string, source: OutcomeSource) =>
  useQuery({
    ...outcomeQuery(id, source),
    refetchInterval: ({ state: { data } }) =>
      data == null || data.ended
        ? false
        : data.attempt?.runs.length === 0 && data.attempt.studies.length === 0
          ? labMilliseconds
          : fallbackMilliseconds,
  });

/**
 * What a start of a lesson would cost; null for a request that cannot be sent asks nothing. What is known to the estimate is part of the key: runs that ended since
 * then make it better.
 */
export const useLessonCheck = (id: string, request: StartLessonRequest | null, known: string) =>
  useQuery({
    queryKey: ['lesson-check', id, request, known],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/lessons/{id}/check', { params: { path: { id } }, body: request ?? {}, signal })),
    enabled: request !== null,
    placeholderData: (before) => before,
    gcTime: 60_000,
  });

/** Starts a lesson. */
export function useStartLesson(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: StartLessonRequest) =>
      unwrap(
        api.POST('/api/v1/lessons/{id}/runs', {
          params: { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: request,
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: listKey });
      return queries.invalidateQueries({ queryKey: ['lesson-outcome', id] });
    },
  });
}

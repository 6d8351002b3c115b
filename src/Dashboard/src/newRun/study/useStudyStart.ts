import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { Json } from '../../json/pointer';
import { draftOf, draftOfRequest, type StudyRequest } from './draft';

/** What a study was submitted with, as the start of another one. */
export const useStudyStart = (id: string) =>
  useQuery({
    queryKey: ['study-start', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id } };
      const study = await unwrap(api.GET('/api/v1/studies/{id}', { params, signal }));
      const { definition, name, trials } = study;
      return { name, spec: definition.spec as Json, draft: draftOf(definition, trials) };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The study of a lesson as a start; its first one, if it has none of this id. */
export const useLessonStudyStart = (lesson: string, study: string) =>
  useQuery({
    queryKey: ['lesson-study-start', lesson, study],
    queryFn: async ({ signal }) => {
      const { studies } = await unwrap(api.GET('/api/v1/lessons/{id}', { params: { path: { id: lesson } }, signal }));
      const request = (studies.find(({ id }) => id === study) ?? studies[0])?.request as StudyRequest;
      return { name: request.name, spec: request.spec as Json, draft: draftOfRequest(request) };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

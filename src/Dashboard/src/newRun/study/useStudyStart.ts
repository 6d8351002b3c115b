import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { Json } from '../../json/pointer';
import { draftOf } from './draft';

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

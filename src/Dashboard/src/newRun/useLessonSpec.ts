import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { Json } from '../json/pointer';

/** The spec of a run of a lesson, or of a variant of it; of its first run, if it has none of this id. */
export const useLessonSpec = (lesson: string, run: string | null) =>
  useQuery({
    queryKey: ['lesson-spec', lesson, run],
    queryFn: async ({ signal }): Promise<Json> => {
      const { runs, variants } = await unwrap(
        api.GET('/api/v1/lessons/{id}', { params: { path: { id: lesson } }, signal }),
      );
      return (([...runs, ...variants].find(({ id }) => id === run) ?? runs[0])?.spec ?? {}) as Json;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

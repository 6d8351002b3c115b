import { skipToken, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';

/** The name of a study; null while it is not known, or without a study. */
export function useStudyName(id: string | null): string | null {
  const { data } = useQuery({
    queryKey: ['study-name', id],
    queryFn:
      id === null
        ? skipToken
        : async ({ signal }) =>
            (await unwrap(api.GET('/api/v1/studies/{id}', { params: { path: { id } }, signal }))).name,
  });
  return data ?? null;
}

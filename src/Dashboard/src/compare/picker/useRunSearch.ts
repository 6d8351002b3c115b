import { useInfiniteQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client';

/** Runs to choose from, newest first. */
export const useRunSearch = (words: string) =>
  useInfiniteQuery({
    queryKey: ['compare-picker', words],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(words === '' ? {} : { q: words }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answered(api.GET('/api/v1/runs', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    staleTime: 10_000,
  });

import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../api/client';

/** What is at work, asked for again each so many milliseconds; sooner while no worker has told its engine. */
export const useSystem = (every: number) =>
  useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/system', { signal })),
    refetchInterval: (query) => (query.state.data?.engine == null ? Math.min(every, 5_000) : every),
  });

/** An engine in one line: libtorch 1.13.1 (system). */
export const engineName = (engine: { name: string; version: string; package: string | null }): string =>
  engine.package === null ? `${engine.name} ${engine.version}` : `${engine.name} ${engine.version} (${engine.package})`;

import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { SystemInfo } from '../api/types';
import { text } from '../text/text';

/** The state of the system, refreshed at an interval in milliseconds; more often until a worker has reported its engine and while the trainer is not ready. */
export const useSystem = (interval: number) =>
  useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/system', { signal })),
    refetchInterval: ({ state: { data } }) =>
      data?.engine == null || data.trainer?.ready === false ? Math.min(interval, 5_000) : interval,
  });

/** An engine in one line: TorchSharp-cpu 0.107.0 (libtorch 2.10.0). */
export const engineName = (engine: SystemInfo['engine']): string =>
  engine === null ? text.system.noEngine : `${engine.package} ${engine.version} (libtorch ${engine.libtorch})`;

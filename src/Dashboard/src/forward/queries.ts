import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { ForwardAddress, Place } from './address';
import type { ForwardPass, ForwardRequest } from './types';

/** What a forward pass begins with: a validation sample, an image or a point of one's own. */
export type Source =
  | { readonly sample: number }
  | { readonly pixels: readonly number[] }
  | { readonly point: readonly number[] };

/** The first part of the keys, for all that depends on the weights of a run. */
export const forwardKey = (id: string) => ['run-forward', id] as const;

function ask(id: string, source: Source, unit: Place | null, maps: boolean, signal: AbortSignal): Promise<ForwardPass> {
  const path = { id };
  if ('sample' in source) {
    const query = { sample: source.sample, maps, ...unit };
    return unwrap(api.GET('/api/v1/runs/{id}/forward', { params: { path, query }, signal }));
  }
  const body: ForwardRequest = {
    maps,
    ...('pixels' in source ? { pixels: [...source.pixels] } : { point: [...source.point] }),
    ...(unit !== null && { unit }),
  };
  return unwrap(api.POST('/api/v1/runs/{id}/forward', { params: { path }, body, signal }));
}

/** Validation samples from an index on, with what the network predicts for them. */
export const useSamples = (id: string, first: number, limit: number) =>
  useQuery({
    queryKey: [...forwardKey(id), 'samples', first, limit],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/runs/{id}/forward/samples', {
          params: { path: { id }, query: first === 0 ? { limit } : { after: first - 1, limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Validation samples of a class, or that are predicted wrong, from the first on. */
export const useMatches = (
  id: string,
  filter: Pick<ForwardAddress, 'label' | 'isWrong'>,
  limit: number,
  isWanted: boolean,
) =>
  useInfiniteQuery({
    queryKey: [...forwardKey(id), 'matches', filter],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/runs/{id}/forward/samples', {
          params: {
            path: { id },
            query: {
              limit,
              ...(pageParam !== null && { after: pageParam }),
              ...(filter.label !== null && { label: filter.label }),
              ...(filter.isWrong && { wrong: true }),
            },
          },
          signal,
        }),
      ),
    enabled: isWanted,
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The forward pass with the values of all layers; until it is there, the one before. */
export const usePass = (id: string, source: Source) =>
  useQuery({
    queryKey: [...forwardKey(id), 'pass', source],
    queryFn: ({ signal }) => ask(id, source, null, true, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // A pass has up to some megabytes.
    gcTime: 60_000,
  });

/** How a unit comes about; until the answer is there, the one before. Without a unit, nothing is requested. */
export const useUnit = (id: string, source: Source, unit: Place | null) =>
  useQuery({
    queryKey: [...forwardKey(id), 'unit', source, unit],
    queryFn: unit === null ? skipToken : ({ signal }) => ask(id, source, unit, false, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

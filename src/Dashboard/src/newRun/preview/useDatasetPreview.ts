import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, unwrap } from '../../api/client';
import type { SpecInput } from '../../api/types';
import { at, isObject, type Json } from '../../json/pointer';
import { useDebounced } from '../useDebounced';

/** Samples of the dataset of a spec; asked for when its data section changes. Null while there is no dataset to show. */
export function useDatasetPreview(document: Json) {
  const data = at(document, '/data');
  const key = useDebounced(
    useMemo(() => (isObject(data) && data.dataset !== undefined ? JSON.stringify({ data }) : null), [data]),
    400,
  );
  return useQuery({
    queryKey: ['dataset-preview', key],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/specs/preview', { body: JSON.parse(key ?? '{}') as SpecInput, signal })),
    enabled: key !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 300_000,
  });
}

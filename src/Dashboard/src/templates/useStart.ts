import { useMutation } from '@tanstack/react-query';
import { api, newIdempotencyKey, unwrap } from '../api/client';
import type { SpecInput } from '../api/types';
import { navigate } from '../navigation/navigation';

/** Submits a spec as it is, and shows its run. */
export const useStart = () =>
  useMutation({
    mutationFn: (spec: SpecInput) =>
      unwrap(api.POST('/api/v1/runs', { params: { header: { 'Idempotency-Key': newIdempotencyKey() } }, body: spec })),
    onSuccess: (run) => navigate(`/runs/${run.id}`),
  });

import { useMutation } from '@tanstack/react-query';
import { api, newIdempotencyKey, unwrap } from '../api/client';
import type { SpecInput } from '../api/types';
import { navigate } from '../navigation/navigation';
import type { Template } from '../templates/templates';

/** Submits a template as it is, and shows its run. */
export const useStart = () =>
  useMutation({
    mutationFn: ({ spec }: Template) =>
      unwrap(
        api.POST('/api/v1/runs', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: spec as unknown as SpecInput,
        }),
      ),
    onSuccess: (run) => navigate(`/runs/${run.id}`),
  });

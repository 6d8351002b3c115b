import { useMutation } from '@tanstack/react-query';
import { answered, api } from '../api/client';
import type { SpecInput } from '../api/types';
import { newKey } from '../newRun/newKey';
import { navigate } from '../shell/navigation';

/** The example of the repository, put in when the dashboard is built; null when the sources came without it. */
const found = import.meta.glob<SpecInput>('../../../../examples/quickstart.json', {
  eager: true,
  import: 'default',
});
export const quickstart: SpecInput | null = Object.values(found)[0] ?? null;

/** Submits the quickstart and goes to its page. */
export function useQuickstart() {
  return useMutation({
    mutationFn: (spec: SpecInput) =>
      answered(api.POST('/api/v1/runs', { params: { header: { 'Idempotency-Key': newKey() } }, body: spec })),
    onSuccess: (run) => navigate(`/runs/${run.id}`),
  });
}

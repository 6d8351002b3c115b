import { useMutation } from '@tanstack/react-query';
import { answered, api } from '../api/client';
import type { SpecInput } from '../api/types';
import { navigate } from '../shell/navigation';

/** The example of the repository, put in when the dashboard is built; null when the sources came without it. */
const found = import.meta.glob<SpecInput>('../../../../examples/quickstart.json', {
  eager: true,
  import: 'default',
});
export const quickstart: SpecInput | null = Object.values(found)[0] ?? null;

/** A fresh key for one submit. crypto.randomUUID is missing where the page is not served from loopback or by HTTPS. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Submits the quickstart and goes to its page. */
export function useQuickstart() {
  return useMutation({
    mutationFn: (spec: SpecInput) =>
      answered(api.POST('/api/v1/runs', { params: { header: { 'Idempotency-Key': newKey() } }, body: spec })),
    onSuccess: (run) => navigate(`/runs/${run.id}`),
  });
}

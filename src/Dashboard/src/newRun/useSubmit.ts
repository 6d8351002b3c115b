import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { answered, api } from '../api/client';
import type { SpecInput } from '../api/types';
import { navigate } from '../shell/navigation';
import { newKey } from './newKey';

/** Submits a spec and goes to its run. The same text keeps its key, so that a second try after a lost answer makes no second run. */
export function useSubmit(onAccepted: () => void) {
  const key = useRef({ body: '', value: '' });
  return useMutation({
    mutationFn: (body: string) => {
      if (key.current.body !== body) {
        key.current = { body, value: newKey() };
      }
      return answered(
        api.POST('/api/v1/runs', {
          params: { header: { 'Idempotency-Key': key.current.value } },
          body: JSON.parse(body) as SpecInput,
        }),
      );
    },
    onSuccess: (run) => {
      onAccepted();
      navigate(`/runs/${run.id}`);
    },
  });
}

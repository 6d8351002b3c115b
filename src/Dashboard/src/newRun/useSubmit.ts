import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { answered, api } from '../api/client';
import type { SpecInput } from '../api/types';
import { navigate } from '../shell/navigation';
import type { Change } from './json/changes';
import type { Json } from './json/pointer';
import { newKey } from './newKey';

/** What is submitted: a spec of its own, or a run with changes. */
export type Submission =
  | { readonly spec: Json }
  | {
      readonly fork: string;
      readonly name: string;
      readonly changes: readonly Change[];
      readonly weights: boolean;
    };

/** Submits and goes to the run. The same submission keeps its key, so that a second try after a lost answer makes no second run. */
export function useSubmit(onAccepted: () => void) {
  const last = useRef({ body: '', key: '' });
  return useMutation({
    mutationFn: (submission: Submission) => {
      const body = JSON.stringify(submission);
      if (last.current.body !== body) {
        last.current = { body, key: newKey() };
      }
      return send(submission, { 'Idempotency-Key': last.current.key });
    },
    onSuccess: (run) => {
      onAccepted();
      navigate(`/runs/${run.id}`);
    },
  });
}

function send(submission: Submission, header: { 'Idempotency-Key': string }) {
  if ('spec' in submission) {
    return answered(api.POST('/api/v1/runs', { params: { header }, body: submission.spec as unknown as SpecInput }));
  }
  const { fork: id, changes, ...rest } = submission;
  return answered(
    api.POST('/api/v1/runs/{id}/fork', { params: { path: { id }, header }, body: { ...rest, changes: [...changes] } }),
  );
}

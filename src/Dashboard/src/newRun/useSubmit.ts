import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, newIdempotencyKey, unwrap } from '../api/client';
import type { SpecInput } from '../api/types';
import type { Change } from '../json/changes';
import type { Json } from '../json/pointer';
import { navigate } from '../navigation/navigation';
import type { StudyRequest } from './study/draft';

/** A new spec, a study, or a fork: a run with changes to its spec. */
export type Submission =
  | { readonly spec: Json }
  | { readonly study: StudyRequest }
  | {
      readonly fork: string;
      readonly name: string;
      readonly changes: readonly Change[];
      readonly weights: boolean;
    };

/** Submits and navigates to the run or study. A retry of the same submission has the same idempotency key, so that it creates no second one. */
export function useSubmit(onAccepted: () => void) {
  const last = useRef({ body: '', key: '' });
  return useMutation({
    mutationFn: (submission: Submission) => {
      const body = JSON.stringify(submission);
      if (last.current.body !== body) {
        last.current = { body, key: newIdempotencyKey() };
      }
      return send(submission, { 'Idempotency-Key': last.current.key });
    },
    onSuccess: ({ id }, submission) => {
      onAccepted();
      navigate('study' in submission ? `/studies/${id}` : `/runs/${id}`);
    },
  });
}

function send(submission: Submission, header: { 'Idempotency-Key': string }): Promise<{ id: string }> {
  if ('study' in submission) {
    return unwrap(api.POST('/api/v1/studies', { params: { header }, body: submission.study }));
  }
  if ('spec' in submission) {
    return unwrap(api.POST('/api/v1/runs', { params: { header }, body: submission.spec as unknown as SpecInput }));
  }
  const { fork: id, changes, ...rest } = submission;
  return unwrap(
    api.POST('/api/v1/runs/{id}/fork', { params: { path: { id }, header }, body: { ...rest, changes: [...changes] } }),
  );
}

import { skipToken, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { isTerminal, type RunDetail } from '../api/types';
import { type ParentComparison, parentOf } from './parent';

// Loaded when a tab is opened, and again when an event announces more (see useRun).

const of = (id: string) => ({ params: { path: { id } } });

/** The findings of the diagnosis; without an id, nothing is requested. */
export const useFindings = (id: string | null) =>
  useQuery({
    queryKey: ['run-findings', id],
    queryFn:
      id === null ? skipToken : ({ signal }) => unwrap(api.GET('/api/v1/runs/{id}/findings', { ...of(id), signal })),
  });

export const useObservations = (id: string) =>
  useQuery({
    queryKey: ['run-observations', id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/runs/{id}/observations', { params: { path: { id }, query: { histograms: true } }, signal }),
      ),
    placeholderData: (before) => before,
  });

export const useEvaluations = (id: string) =>
  useQuery({
    queryKey: ['run-evaluation', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/runs/{id}/evaluation', { ...of(id), signal })),
  });

/** The film of the decision boundary; without an id, nothing is requested. */
export const useBoundary = (id: string | null) =>
  useQuery({
    queryKey: ['run-boundary', id],
    queryFn:
      id === null
        ? skipToken
        : ({ signal }) => unwrap(api.GET('/api/v1/runs/{id}/decision-frames', { ...of(id), signal })),
  });

/** A few validation images and what the network predicts for them; without an id, nothing is requested. */
export const usePredictions = (id: string | null) =>
  useQuery({
    queryKey: ['run-predictions', id],
    queryFn:
      id === null ? skipToken : ({ signal }) => unwrap(api.GET('/api/v1/runs/{id}/predictions', { ...of(id), signal })),
  });

/** The run that a run was forked from, beside it; undefined without a parent. */
export const useParent = ({ id, parent }: Pick<RunDetail, 'id' | 'parent'>): ParentComparison | undefined =>
  useQuery({
    queryKey: ['run-parent', id],
    queryFn:
      parent === null || parent.name === null
        ? skipToken
        : async ({ signal }) => {
            const query = {
              run: [parent.id, id],
              metric: ['validation_loss' as const, 'validation_accuracy' as const],
            };
            return parentOf(await unwrap(api.GET('/api/v1/compare', { params: { query }, signal })), parent.id, id);
          },
  }).data;

/** The checkpoints of a run; without an id, nothing is requested. */
export const useCheckpoints = (id: string | null) =>
  useQuery({
    queryKey: ['run-checkpoints', id],
    queryFn:
      id === null ? skipToken : ({ signal }) => unwrap(api.GET('/api/v1/runs/{id}/checkpoints', { ...of(id), signal })),
  });

/** The newest lines of the trainer's log, polled while it may grow. */
export const useLog = (id: string, tail: number, isGrowing: boolean) =>
  useQuery({
    queryKey: ['run-log', id, tail],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/runs/{id}/log', { params: { path: { id }, query: { tail } }, parseAs: 'text', signal })),
    refetchInterval: isGrowing ? 3_000 : false,
    staleTime: 0,
  });

/** Whether there is a log to read: most runs have none. That of a run that failed is always offered, also when it is empty. */
export function useHasLog({ id, state }: Pick<RunDetail, 'id' | 'state'>): boolean {
  const isFailed = state === 'failed';
  const { data = '' } = useQuery({
    queryKey: ['run-log', id, 'any', state],
    queryFn: isFailed
      ? skipToken
      : ({ signal }) =>
          unwrap(
            api.GET('/api/v1/runs/{id}/log', { params: { path: { id }, query: { tail: 1 } }, parseAs: 'text', signal }),
          ),
    refetchInterval: isTerminal(state) ? false : 15_000,
    staleTime: 15_000,
  });
  return isFailed || data !== '';
}

/** The program that reproduces the run. */
export const useCode = (id: string, language: string) =>
  useQuery({
    queryKey: ['run-code', id, language],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/runs/{id}/code', { params: { path: { id }, query: { language } }, parseAs: 'text', signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

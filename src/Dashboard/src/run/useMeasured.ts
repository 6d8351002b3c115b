import { skipToken, useQuery } from '@tanstack/react-query';
import { answered, api } from '../api/client';

// What is measured of a run is asked for when its view is opened, and again when an event says that there is more (see useRun).

const of = (id: string) => ({ params: { path: { id } } });

/** What the diagnosis found; of no run, nothing is asked. */
export const useFindings = (id: string | null) =>
  useQuery({
    queryKey: ['run-findings', id],
    queryFn:
      id === null ? skipToken : ({ signal }) => answered(api.GET('/api/v1/runs/{id}/findings', { ...of(id), signal })),
  });

export const useObservations = (id: string) =>
  useQuery({
    queryKey: ['run-observations', id],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/runs/{id}/observations', { params: { path: { id }, query: { histograms: true } }, signal }),
      ),
    placeholderData: (before) => before,
  });

export const useEvaluations = (id: string) =>
  useQuery({
    queryKey: ['run-evaluation', id],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/runs/{id}/evaluation', { ...of(id), signal })),
  });

export const useBoundary = (id: string) =>
  useQuery({
    queryKey: ['run-boundary', id],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/runs/{id}/decision-frames', { ...of(id), signal })),
  });

export const useCheckpoints = (id: string) =>
  useQuery({
    queryKey: ['run-checkpoints', id],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/runs/{id}/checkpoints', { ...of(id), signal })),
  });

/** The newest lines of the trainer's log, asked for every few seconds while it may grow. */
export const useLog = (id: string, tail: number, isGrowing: boolean) =>
  useQuery({
    queryKey: ['run-log', id, tail],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/runs/{id}/log', { params: { path: { id }, query: { tail } }, parseAs: 'text', signal }),
      ),
    refetchInterval: isGrowing ? 3_000 : false,
    staleTime: 0,
  });

/** The run as a program. */
export const useCode = (id: string, language: string) =>
  useQuery({
    queryKey: ['run-code', id, language],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/runs/{id}/code', { params: { path: { id }, query: { language } }, parseAs: 'text', signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

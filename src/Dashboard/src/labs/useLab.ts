import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

type Schemas = components['schemas'];

/** Request and result of each lab, by its name. */
export interface Labs {
  'backprop-by-hand': { request: Schemas['BackpropRequest']; result: Schemas['BackpropResult'] };
  'gradient-check': { request: Schemas['GradientCheckRequest']; result: Schemas['GradientCheckResult'] };
  'optimizer-paths': { request: Schemas['OptimizerPathsRequest']; result: Schemas['OptimizerPathsResult'] };
  'adam-bias-correction': { request: Schemas['AdamBiasRequest']; result: Schemas['AdamBiasResult'] };
  'convolution-arithmetic': { request: Schemas['ConvolutionRequest']; result: Schemas['ConvolutionResult'] };
}

export type LabName = keyof Labs;
export type LabRequest<Name extends LabName> = Labs[Name]['request'];

export const labNames = [
  'backprop-by-hand',
  'gradient-check',
  'optimizer-paths',
  'adam-bias-correction',
  'convolution-arithmetic',
] as const satisfies readonly LabName[];

export const asLabName = (name: string): LabName | null => labNames.find((known) => known === name) ?? null;

/** The answer of a lab; the canonical request has every member. */
export interface LabAnswer<Name extends LabName> {
  readonly id: string;
  readonly state: Schemas['LabState'];
  readonly request: Required<LabRequest<Name>>;
  readonly result: Labs[Name]['result'] | null;
  readonly failure: Schemas['LabFailure'] | null;
  readonly seconds: number | null;
}

const wait = 20;

/** The labs with their examples; they change with the service only. */
export const useLabs = () =>
  useQuery({
    queryKey: ['labs'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/labs', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The answer to a request; until it is there, that to the request before. */
export const useLabAnswer = <Name extends LabName>(name: Name, request: LabRequest<Name>) =>
  useQuery({
    queryKey: ['lab', name, JSON.stringify(request)],
    queryFn: ({ signal }) => ask(name, request, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

async function ask<Name extends LabName>(
  name: Name,
  request: LabRequest<Name>,
  signal: AbortSignal,
): Promise<LabAnswer<Name>> {
  // The endpoints of the labs differ in their records only.
  const address = `/api/v1/labs/${name}` as '/api/v1/labs/backprop-by-hand';
  let answer = (await unwrap(
    api.POST(address, { params: { query: { wait } }, body: request as LabRequest<'backprop-by-hand'>, signal }),
  )) as unknown as LabAnswer<Name>;
  while (answer.state === 'queued' || answer.state === 'running') {
    const params = { path: { id: answer.id }, query: { wait } };
    answer = (await unwrap(
      api.GET(`${address}/results/{id}` as '/api/v1/labs/backprop-by-hand/results/{id}', { params, signal }),
    )) as unknown as LabAnswer<Name>;
  }
  return answer;
}

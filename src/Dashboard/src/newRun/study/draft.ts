import type { components } from '../../api/schema';
import { at, isObject, type Json, put } from '../../json/pointer';
import { gridPoints, isEqual, isList, type Varied } from './parameters';

type Schemas = components['schemas'];
export type StudyRequest = Schemas['StudyRequest'];
export type StudyDefinition = Schemas['StudyDefinition'];
export type MethodName = Schemas['SearchMethodName'];
export type RuleName = Schemas['StoppingRuleName'];

/** The request of a study without its spec. Number fields may hold what a person is typing; the service checks them. */
export interface StudyDraft {
  /** Null: by what it varies. */
  readonly name: string | null;
  readonly notes: string;
  readonly parameters: readonly Varied[];
  /** Null: a grid while every setting has a list of values, else TPE. */
  readonly method: DraftMethod | null;
  readonly stopping: DraftRule | null;
  readonly metric: Schemas['ValidationMetric'];
  readonly trials: Json;
  /** Null: one. */
  readonly seeds: Json;
  readonly parallelism: Json;
  readonly budget: { readonly seconds?: Json; readonly flops?: Json } | null;
  /** Null: the default. */
  readonly score: Schemas['ScoredEpoch'] | null;
  readonly seed: Json;
}

export interface DraftMethod {
  readonly name: MethodName;
  readonly scramble?: Json;
  readonly startupTrials?: Json;
  readonly candidates?: Json;
  readonly multivariate?: Json;
}

export interface DraftRule {
  readonly name: RuleName;
  readonly minimumEpochs?: Json;
  readonly reductionFactor?: Json;
  readonly earlyStoppingRate?: Json;
  readonly bracketTrials?: Json;
  readonly minimumTrials?: Json;
}

export const emptyDraft: StudyDraft = {
  name: null,
  notes: '',
  parameters: [],
  method: null,
  stopping: null,
  metric: 'validation_accuracy',
  trials: null,
  seeds: 1,
  parallelism: null,
  budget: null,
  score: null,
  seed: null,
};

export const methodOf = ({ method, parameters }: StudyDraft): MethodName =>
  method?.name ?? (parameters.every(isList) ? 'grid' : 'tpe');

/** Whether there is more than one run to start. */
export const varies = ({ parameters, seeds }: StudyDraft): boolean => parameters.length > 0 || (seeds ?? 1) !== 1;

/** The technique whose choice a field belongs to, as the learning rate to Adam. */
export interface Scope {
  readonly parameter: string;
  readonly value: Json;
}

/** The parameter that varies a setting, in all trials or in those of a choice. */
export const parameterAt = ({ parameters }: StudyDraft, pointer: string, scope: Scope | null): Varied | undefined =>
  parameters.find(
    ({ pointers, when }) =>
      pointers.includes(pointer) && (scope === null ? !isChoiceAbove(parameters, when, pointer) : isOf(when, scope)),
  );

const isOf = (when: Varied['when'], { parameter, value }: Scope): boolean =>
  when?.parameter === parameter && when.in.some((one) => isEqual(one, value));

const isChoiceAbove = (parameters: readonly Varied[], when: Varied['when'], pointer: string): boolean =>
  when !== undefined &&
  parameters.some(
    ({ name, pointers }) => name === when.parameter && pointers.some((above) => pointer.startsWith(`${above}/`)),
  );

/** Adds a parameter before those that are written into its value; its name is made unique. */
export function withParameter(draft: StudyDraft, parameter: Varied): StudyDraft {
  const { parameters } = draft;
  const [pointer = ''] = parameter.pointers;
  const place = parameters.findIndex(({ pointers }) => pointers.some((one) => one.startsWith(`${pointer}/`)));
  const named = { ...parameter, name: uniqueName(parameter.name, parameters) };
  const added = draft.method?.name === 'grid' ? withPoints(named) : named;
  return { ...draft, parameters: place < 0 ? [...parameters, added] : parameters.toSpliced(place, 0, added) };
}

/** Adds a parameter of a choice: the choice no longer has a value of its own for it. */
export function withParameterOf(draft: StudyDraft, parameter: Varied, { parameter: of, value }: Scope): StudyDraft {
  const choice = draft.parameters.find(({ name }) => name === of);
  const member = parameter.pointers[0]?.split('/').at(-1) ?? '';
  const to = withoutMember(value, member);
  const moved =
    choice === undefined
      ? draft
      : withValues(
          draft,
          choice,
          (choice.values ?? []).map((one) => (isEqual(one, value) ? to : one)),
          { from: value, to },
        );
  return withParameter(moved, { ...parameter, when: { parameter: of, in: [to] } });
}

function withoutMember(value: Json, member: string): Json {
  if (!isObject(value)) {
    return value;
  }
  const { [member]: _, ...rest } = value;
  return Object.keys(rest).length === 1 && typeof rest.name === 'string' ? rest.name : rest;
}

function uniqueName(name: string, parameters: readonly Varied[]): string {
  const isTaken = (candidate: string) => parameters.some((one) => one.name === candidate);
  let unique = name;
  for (let count = 2; isTaken(unique); count++) {
    unique = `${name} ${count}`;
  }
  return unique;
}

export const withChanged = (draft: StudyDraft, before: Varied, after: Varied): StudyDraft => ({
  ...draft,
  parameters: draft.parameters.map((one) => (one.name === before.name ? after : one)),
});

/** Removes a parameter, and those that exist only for its choices. */
export const withoutParameter = (draft: StudyDraft, parameter: Varied): StudyDraft => ({
  ...draft,
  parameters: draft.parameters.filter(
    ({ name, when }) => name !== parameter.name && when?.parameter !== parameter.name,
  ),
});

/** The draft with other values of a list; conditions follow a value that is replaced, and go with one that is removed. */
export function withValues(
  draft: StudyDraft,
  parameter: Varied,
  values: readonly Json[],
  replaced?: { readonly from: Json; readonly to: Json },
): StudyDraft {
  const follow = ({ when, ...rest }: Varied): readonly Varied[] => {
    if (when?.parameter !== parameter.name) {
      return [when === undefined ? rest : { ...rest, when }];
    }
    const moved = when.in.map((one) => (replaced !== undefined && isEqual(one, replaced.from) ? replaced.to : one));
    const left = moved.filter((one) => values.some((value) => isEqual(value, one)));
    return left.length === 0 ? [] : [{ ...rest, when: { ...when, in: left } }];
  };
  return {
    ...draft,
    parameters: draft.parameters.flatMap((one) =>
      one.name === parameter.name ? [{ ...parameter, values }] : follow(one),
    ),
  };
}

/** The draft with another method; the ranges of a grid get a number of values. */
export const withMethod = (draft: StudyDraft, name: MethodName): StudyDraft => ({
  ...draft,
  method: { name },
  parameters: name === 'grid' ? draft.parameters.map(withPoints) : draft.parameters,
});

const withPoints = (parameter: Varied): Varied =>
  isList(parameter) || parameter.points !== undefined || parameter.step !== undefined
    ? parameter
    : { ...parameter, points: gridPoints };

/** A record with another value of a member; without a value it has no such member. */
export function withMember<Of extends object>(record: Of, member: keyof Of, value: Json | undefined): Of {
  const { [member]: _, ...rest } = record;
  return (value === undefined ? rest : { ...rest, [member]: value }) as Of;
}

/** What the test set says is not for choosing: a study evaluates it for one trial, on request. */
export const withoutTest = (spec: Json): Json =>
  at(spec, '/training/evaluateTest') === undefined ? spec : put(spec, '/training/evaluateTest', undefined);

/** The request of a draft. Without a setting that varies, it repeats the optimizer of the spec over the seeds. */
export function requestOf(
  draft: StudyDraft,
  spec: Json,
  effective: Json | null,
  name: string,
  only: string,
): StudyRequest {
  const optimizer = at(spec, '/training/optimizer') ?? at(effective ?? null, '/training/optimizer') ?? 'momentum';
  const parameters: readonly Varied[] =
    draft.parameters.length > 0
      ? draft.parameters
      : [{ name: only, pointers: ['/training/optimizer'], kind: 'categorical', values: [optimizer] }];
  const request = {
    name,
    ...(draft.notes.trim() === '' ? {} : { notes: draft.notes }),
    spec: withoutTest(spec),
    parameters,
    method: draft.method ?? { name: methodOf(draft) },
    metric: draft.metric,
    ...(draft.seeds === null ? {} : { seeds: draft.seeds }),
    ...(draft.stopping === null ? {} : { stopping: draft.stopping }),
    ...(draft.trials === null ? {} : { trials: draft.trials }),
    ...(draft.parallelism === null ? {} : { parallelism: draft.parallelism }),
    ...(draft.budget === null ? {} : { budget: draft.budget }),
    ...(draft.score === null ? {} : { score: draft.score }),
    ...(draft.seed === null ? {} : { seed: draft.seed }),
  };
  return request as unknown as StudyRequest;
}

/** The draft of a study that exists. */
export const draftOf = (definition: StudyDefinition, trials: number): StudyDraft => ({
  name: null,
  notes: '',
  parameters: definition.parameters.map((parameter) => known(parameter) as unknown as Varied),
  method: known(definition.method) as unknown as StudyDraft['method'],
  stopping: definition.stopping == null ? null : (known(definition.stopping) as unknown as StudyDraft['stopping']),
  metric: definition.metric,
  trials: definition.method.name === 'grid' ? null : trials,
  seeds: definition.seeds.length,
  parallelism: null,
  budget: Object.keys(known(definition.budget)).length === 0 ? null : known(definition.budget),
  score: definition.score,
  seed: definition.seed,
});

/** The draft of a request: what it leaves out has its default. */
export function draftOfRequest({ name: _, spec: __, trials, ...request }: StudyRequest): StudyDraft {
  const draft = { ...emptyDraft, ...(request as unknown as Partial<StudyDraft>) };
  return { ...draft, trials: methodOf(draft) === 'grid' ? null : (trials ?? null) };
}

/** Without the members that are null, and those that are false by default. */
export const known = (record: object): { [name: string]: Json } =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) => value !== null && value !== undefined && (value !== false || name === 'scramble'),
    ),
  );

/** A draft that was stored; null where it is none. */
export function readDraft(stored: string | null): StudyDraft | null {
  try {
    const value: unknown = stored === null ? null : JSON.parse(stored);
    return isObject(value) && Array.isArray(value.parameters)
      ? { ...emptyDraft, ...(value as unknown as StudyDraft) }
      : null;
  } catch {
    return null;
  }
}

import type { EventOf, RunActionName, RunDetail, RunEvent, RunEventEntry, RunSummary } from '../api/types';

/** A running run, with changes. */
export function summary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '019a0000-0000-7000-8000-000000000001',
    name: 'small cnn',
    experiment: 'batch norm',
    state: 'running',
    queue: 'cpu',
    seed: 1,
    dataset: 'shapes',
    model: 'cnn',
    optimizer: 'adam',
    learningRate: 0.001,
    createdBy: null,
    createdAt: '2026-11-21T08:00:00Z',
    updatedAt: '2026-11-21T08:00:10Z',
    startedAt: '2026-11-21T08:00:01Z',
    finishedAt: null,
    attempt: 1,
    worker: 'worker-1',
    cancelRequested: false,
    failure: null,
    epochs: 4,
    epoch: 2,
    step: 15,
    totalSteps: 40,
    progress: 0.375,
    trainLoss: 0.5,
    trainAccuracy: 0.8,
    validationLoss: 0.6,
    validationAccuracy: 0.75,
    bestValidationAccuracy: 0.75,
    bestEpoch: 1,
    trend: [0.5, 0.75],
    diagnosis: { problems: 0, warnings: 0, infos: 0, rules: [] },
    imagesPerSecond: 1_000,
    elapsedSeconds: 9,
    remainingSeconds: 15,
    tags: [],
    parentId: null,
    archivedAt: null,
    studyId: null,
    trial: null,
    values: null,
    lastSeq: 10,
    ...changes,
  };
}

export function detail(changes: Partial<RunDetail> = {}): RunDetail {
  return {
    ...summary(),
    spec: { name: 'small cnn', seed: 1, training: { timeLimitSeconds: 86_400 } },
    specSha256: 'a'.repeat(64),
    layers: [],
    parameters: 1_234,
    attempts: [],
    tags: [],
    notes: '',
    trialState: null,
    parent: null,
    children: [],
    actions: actions(['pause', 'fork', 'cancel']),
    ...changes,
  } as RunDetail;
}

const actionNames = ['pause', 'resume', 'retry', 'extend', 'fork', 'cancel', 'archive', 'restore', 'delete'] as const;

/** The available actions of a run; the others have a reason. */
export const actions = (enabled: readonly RunActionName[]): RunDetail['actions'] =>
  Object.fromEntries(
    actionNames.map((action) => [
      action,
      enabled.includes(action)
        ? { enabled: true, reason: null }
        : { enabled: false, reason: `No ${action} in this state.` },
    ]),
  ) as RunDetail['actions'];

export const entry = (seq: number, event: RunEvent, attempt = 1): RunEventEntry => ({
  seq,
  attempt,
  at: '2026-11-21T08:00:00Z',
  event,
});

export const started = (changes: Partial<EventOf<'started'>> = {}): EventOf<'started'> => ({
  type: 'started',
  engine: 'TorchSharp-cpu 0.107.0 (libtorch 2.10.0)',
  device: 'cpu',
  threads: 2,
  precision: 'float32',
  trainSamples: 1_000,
  validationSamples: 100,
  testSamples: 100,
  stepsPerEpoch: 10,
  epochs: 4,
  parameters: 1_234,
  layers: [],
  resumedFromStep: 0,
  data: { dataset: 'shapes', fingerprint: 'f'.repeat(64), classNames: ['circle', 'square'] },
  ...changes,
});

export const progress = (step: number, changes: Partial<EventOf<'progress'>> = {}): EventOf<'progress'> => ({
  type: 'progress',
  epoch: Math.floor((step - 1) / 10) + 1,
  step,
  totalSteps: 40,
  trainLoss: 1 / step,
  trainAccuracy: 1 - 1 / step,
  imagesPerSecond: 1_000,
  elapsedSeconds: step,
  remainingSeconds: 40 - step,
  ...changes,
});

export const epoch = (number: number, changes: Partial<EventOf<'epoch'>> = {}): EventOf<'epoch'> => ({
  type: 'epoch',
  epoch: number,
  step: number * 10,
  trainLoss: 1 / number,
  trainAccuracy: 0.5 + number / 20,
  validationLoss: 1.1 / number,
  validationAccuracy: 0.5 + number / 25,
  learningRate: 0.001,
  imagesPerSecond: 990,
  seconds: 10,
  elapsedSeconds: number * 10,
  ...changes,
});

export const state = (name: string, changes: Partial<EventOf<'state'>> = {}): EventOf<'state'> => ({
  type: 'state',
  state: name,
  code: null,
  arguments: null,
  reason: null,
  worker: name === 'running' ? 'worker-1' : null,
  ...changes,
});

export const notice = (message: string): EventOf<'notice'> => ({
  type: 'notice',
  code: 'slow_bfloat16',
  arguments: {},
  message,
});

export const finished = (changes: Partial<EventOf<'finished'>> = {}): EventOf<'finished'> => ({
  type: 'finished',
  epochs: 4,
  steps: 40,
  seconds: 40,
  bestEpoch: 4,
  bestValidationAccuracy: 0.66,
  testLoss: null,
  testAccuracy: null,
  ...changes,
});

export const diverged = (message: string): EventOf<'failed'> => ({
  type: 'failed',
  class: 'diverged',
  code: 'loss_not_finite',
  arguments: { value: 'nan', step: 4, epoch: 1, lastLoss: null, learningRate: 0.1 },
  message,
  epoch: 1,
  step: 4,
  lastFinite: null,
});

import { isTerminal, type RunDetail, type RunState } from '../../api/types';
import { bestEpoch, type RunView } from './runView';

/** The figures of the run page's header: the newest of what REST answered and what the events say. */
export interface Present {
  state: RunState;
  attempt: number;
  worker: string | null;
  epoch: number;
  epochs: number;
  step: number;
  totalSteps: number;
  /** 0 to 1. */
  progress: number;
  imagesPerSecond: number | null;
  elapsedSeconds: number | null;
  /** Null when unknown or over. */
  remainingSeconds: number | null;
  bestValidationAccuracy: number | null;
  bestEpoch: number | null;
  cancelRequested: boolean;
  failure: { class: string; message: string } | null;
  /** Whether there are events that have not arrived yet: what is not on the page may still come. */
  isCatchingUp: boolean;
}

/**
 * Which of the two sources is newer is told by the seq of the newest event in it: while a long run is replayed, the view lags behind the
 * answer of REST; afterwards it leads.
 */
export function presentOf(run: RunDetail, view: RunView): Present {
  const state = view.lastSeq >= run.lastSeq ? (view.state ?? run.state) : run.state;
  const base: Present = {
    state,
    attempt: run.attempt,
    worker: run.worker,
    epoch: run.epoch,
    epochs: run.epochs,
    step: run.step,
    totalSteps: run.totalSteps,
    progress: run.progress,
    imagesPerSecond: run.imagesPerSecond,
    elapsedSeconds: run.elapsedSeconds,
    remainingSeconds: isTerminal(state) ? null : run.remainingSeconds,
    bestValidationAccuracy: run.bestValidationAccuracy,
    bestEpoch: run.bestEpoch,
    cancelRequested: run.cancelRequested && !isTerminal(state),
    failure: run.failure ?? null,
    isCatchingUp: view.lastSeq < run.lastSeq,
  };
  if (view.lastSeq <= run.lastSeq) {
    return base;
  }

  const { progress, finished, failed } = view;
  const last = view.epochs.at(-1);
  const best = bestEpoch(view.epochs);
  // The end of an epoch comes after its last progress event.
  const newest = last !== undefined && (progress === null || last.step >= progress.step) ? last : progress;
  const totalSteps = view.started === null ? run.totalSteps : view.started.stepsPerEpoch * view.started.epochs;
  const step = newest?.step ?? run.step;
  return {
    ...base,
    attempt: Math.max(run.attempt, view.attempt),
    worker: view.worker,
    epoch: newest?.epoch ?? run.epoch,
    step,
    totalSteps,
    progress: state === 'succeeded' ? 1 : totalSteps > 0 ? Math.min(step / totalSteps, 1) : run.progress,
    imagesPerSecond: newest?.imagesPerSecond ?? run.imagesPerSecond,
    elapsedSeconds: finished?.seconds ?? newest?.elapsedSeconds ?? run.elapsedSeconds,
    remainingSeconds: state === 'running' ? (progress?.remainingSeconds ?? run.remainingSeconds) : null,
    bestValidationAccuracy: best?.validationAccuracy ?? run.bestValidationAccuracy,
    bestEpoch: best?.epoch ?? run.bestEpoch,
    failure: base.failure ?? (state === 'failed' ? failed : null),
  };
}

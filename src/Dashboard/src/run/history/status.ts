import { isTerminal, type RunDetail, type RunState } from '../../api/types';
import { bestEpoch, type RunHistory } from './runHistory';

/** The current state and figures of a run: the newer of the REST response and the events. */
export interface RunStatus {
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
  /** Null when unknown, or when the run has ended. */
  remainingSeconds: number | null;
  bestValidationAccuracy: number | null;
  bestEpoch: number | null;
  cancelRequested: boolean;
  failure: { class: string; message: string } | null;
  /** Whether older events are still arriving. */
  isCatchingUp: boolean;
}

/**
 * The source with the newest event is used: while a long run is replayed, the events are behind the REST response; afterwards they are
 * ahead of it.
 */
export function runStatus(run: RunDetail, history: RunHistory): RunStatus {
  const state = history.lastSeq >= run.lastSeq ? (history.state ?? run.state) : run.state;
  const base: RunStatus = {
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
    isCatchingUp: history.lastSeq < run.lastSeq,
  };
  if (history.lastSeq <= run.lastSeq) {
    return base;
  }

  const { progress, finished, failed } = history;
  const last = history.epochs.at(-1);
  const best = bestEpoch(history.epochs);
  // An epoch event follows the last progress event of the epoch.
  const newest = last !== undefined && (progress === null || last.step >= progress.step) ? last : progress;
  const totalSteps = history.started === null ? run.totalSteps : history.started.stepsPerEpoch * history.started.epochs;
  const step = newest?.step ?? history.started?.resumedFromStep ?? run.step;
  return {
    ...base,
    attempt: Math.max(run.attempt, history.attempt),
    worker: history.worker,
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

/** Props of each tab of a run. */
export interface RunTabProps {
  run: RunDetail;
  status: RunStatus;
  history: RunHistory;
}

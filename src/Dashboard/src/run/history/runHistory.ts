import { asRunState, type EventOf, type RunEventEntry, type RunState } from '../../api/types';
import { append, type DownsampledPoints, noPoints, rewind, type StepPoint } from './downsample';
import { appendLog, type EventLog, emptyLog } from './eventLog';

/** Metrics of one epoch. */
export type EpochPoint = Omit<EventOf<'epoch'>, 'type'>;

/** The events of a run, folded up to `lastSeq`. */
export interface RunHistory {
  readonly lastSeq: number;
  readonly state: RunState | null;
  readonly attempt: number;
  readonly worker: string | null;
  readonly started: EventOf<'started'> | null;
  /** The newest progress of the current attempt. */
  readonly progress: EventOf<'progress'> | null;
  /** By epoch, from 1, without those that are retrained. */
  readonly epochs: readonly EpochPoint[];
  readonly steps: DownsampledPoints;
  /** How the newest attempt ended; null while it trains. */
  readonly finished: EventOf<'finished'> | null;
  readonly failed: EventOf<'failed'> | null;
  readonly log: EventLog;
}

export const emptyHistory: RunHistory = {
  lastSeq: 0,
  state: null,
  attempt: 0,
  worker: null,
  started: null,
  progress: null,
  epochs: [],
  steps: noPoints,
  finished: null,
  failed: null,
  log: emptyLog,
};

/** Folds entries, in order, into the history; entries that it has already are ignored. */
export function fold(history: RunHistory, entries: readonly RunEventEntry[]): RunHistory {
  const fresh = entries.filter((entry) => entry.seq > history.lastSeq);
  if (fresh.length === 0) {
    return history;
  }
  const next = { ...history, log: appendLog(history.log, fresh) };
  let points: StepPoint[] = [];
  const addPoints = () => {
    next.steps = append(next.steps, points);
    points = [];
  };

  for (const { seq, attempt, event } of fresh) {
    next.lastSeq = seq;
    next.attempt = Math.max(next.attempt, attempt);
    switch (event.type) {
      case 'state':
        next.state = asRunState(event.state);
        next.worker = event.worker ?? null;
        break;
      case 'started':
        addPoints();
        // Training continues from a checkpoint: what came after it, and how the attempt before ended, no longer holds.
        next.steps = rewind(next.steps, event.resumedFromStep);
        next.epochs = next.epochs.filter(({ step }) => step <= event.resumedFromStep);
        next.started = event;
        next.progress = null;
        next.finished = null;
        next.failed = null;
        break;
      case 'progress':
        points.push({
          step: event.step,
          seconds: event.elapsedSeconds,
          loss: event.trainLoss,
          accuracy: event.trainAccuracy,
        });
        next.progress = event;
        break;
      case 'epoch':
        next.epochs = withEpoch(next.epochs, event);
        break;
      case 'finished':
        next.finished = event;
        break;
      case 'failed':
        next.failed = event;
        break;
      default:
        // The other events are in the log only.
        break;
    }
  }
  addPoints();
  return next;
}

function withEpoch(epochs: readonly EpochPoint[], { type: _, ...point }: EventOf<'epoch'>): readonly EpochPoint[] {
  const last = epochs.at(-1);
  return last === undefined || point.epoch > last.epoch
    ? [...epochs, point]
    : [...epochs.filter((other) => other.epoch !== point.epoch), point].sort((a, b) => a.epoch - b.epoch);
}

/** The losses of the last steps of a run that diverged; the trainer has none of single steps on a GPU. */
export const lastSteps = ({ failed }: RunHistory) => failed?.lastFinite?.stepLosses ?? [];

/** The training time at a step, in proportion between two measured ones, and at the mean speed after the last one. */
export function secondsAt({ steps, epochs, progress }: RunHistory, step: number): number {
  const measured = [...steps.points, ...epochs.map((epoch) => ({ step: epoch.step, seconds: epoch.elapsedSeconds }))];
  if (progress !== null) {
    measured.push({ step: progress.step, seconds: progress.elapsedSeconds });
  }
  let before = { step: 0, seconds: 0 };
  let after: { step: number; seconds: number } | null = null;
  for (const point of measured) {
    if (point.step <= step && point.step > before.step) {
      before = point;
    } else if (point.step > step && (after === null || point.step < after.step)) {
      after = point;
    }
  }
  return after === null
    ? before.seconds * (before.step === 0 ? 1 : step / before.step)
    : before.seconds + ((after.seconds - before.seconds) * (step - before.step)) / (after.step - before.step);
}

/** The first epoch with the best validation accuracy. */
export function bestEpoch(epochs: readonly EpochPoint[]): EpochPoint | null {
  let best: EpochPoint | null = null;
  for (const point of epochs) {
    if (point.validationAccuracy !== null && point.validationAccuracy > (best?.validationAccuracy ?? -1)) {
      best = point;
    }
  }
  return best;
}

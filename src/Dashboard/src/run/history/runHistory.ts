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
  /** By epoch, from 1; retraining an epoch replaces its point. */
  readonly epochs: readonly EpochPoint[];
  readonly steps: DownsampledPoints;
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
        next.steps = rewind(next.steps, event.resumedFromStep);
        next.started = event;
        next.progress = null;
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
        addPoints();
        next.steps = withLastSteps(next.steps, event, next.progress?.elapsedSeconds ?? 0);
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

/** The points with the losses of the last steps of a run that diverged, instead of their means. */
function withLastSteps(
  points: DownsampledPoints,
  { lastFinite }: EventOf<'failed'>,
  seconds: number,
): DownsampledPoints {
  const last = lastFinite?.stepLosses ?? [];
  const first = last[0]?.step;
  return first === undefined
    ? points
    : append(
        { ...rewind(points, first - 1), stride: 1 },
        last.map(({ step, loss }) => {
          const accuracy = points.points.find((point) => point.step === step)?.accuracy ?? null;
          return { step, seconds, loss, accuracy };
        }),
      );
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

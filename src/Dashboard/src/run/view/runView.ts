import { asRunState, type EventOf, type RunEventEntry, type RunState } from '../../api/types';
import { appendLog, type EventLog, emptyLog } from './eventLog';
import { append, noPoints, rewind, type StepPoint, type ThinnedPoints } from './thinned';

/** Metrics of one epoch. */
export type EpochPoint = Omit<EventOf<'epoch'>, 'type'>;

/** What the events of a run say, folded up to `lastSeq`. */
export interface RunView {
  readonly lastSeq: number;
  readonly state: RunState | null;
  readonly attempt: number;
  readonly worker: string | null;
  readonly started: EventOf<'started'> | null;
  /** The newest sign of life of the present attempt. */
  readonly progress: EventOf<'progress'> | null;
  /** By epoch, from 1; an epoch that is trained again replaces its point. */
  readonly epochs: readonly EpochPoint[];
  readonly steps: ThinnedPoints;
  readonly finished: EventOf<'finished'> | null;
  readonly failed: EventOf<'failed'> | null;
  readonly log: EventLog;
}

export const emptyView: RunView = {
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

/** Folds entries, in order, into the view. Entries that are already in it change nothing. */
export function fold(view: RunView, entries: readonly RunEventEntry[]): RunView {
  const fresh = entries.filter((entry) => entry.seq > view.lastSeq);
  if (fresh.length === 0) {
    return view;
  }
  const next = { ...view, log: appendLog(view.log, fresh) };
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
        break;
      default:
        // Checkpoints, notices and stops are in the log only.
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

/** The epoch with the best validation accuracy; the first of equals. */
export function bestEpoch(epochs: readonly EpochPoint[]): EpochPoint | null {
  let best: EpochPoint | null = null;
  for (const point of epochs) {
    if (point.validationAccuracy !== null && point.validationAccuracy > (best?.validationAccuracy ?? -1)) {
      best = point;
    }
  }
  return best;
}

import { describe, expect, it } from 'vitest';
import { detail, diverged, entry, epoch, finished, progress, started, state } from '../../testing/samples';
import { emptyHistory, fold } from './runHistory';
import { runStatus } from './status';

const run = detail({ lastSeq: 3 });
const events = [entry(1, state('running')), entry(2, started()), entry(3, progress(4))];

describe('runStatus', () => {
  it('uses the REST response while the history is replayed', () => {
    expect(runStatus(detail({ lastSeq: 10 }), fold(emptyHistory, events))).toMatchObject({
      step: 15,
      epoch: 2,
      progress: 0.375,
    });
  });

  it('uses the events once they are newer', () => {
    const history = fold(emptyHistory, [...events, entry(4, progress(20, { imagesPerSecond: 1_500 }))]);
    expect(runStatus(run, history)).toMatchObject({
      step: 20,
      epoch: 2,
      progress: 0.5,
      imagesPerSecond: 1_500,
      remainingSeconds: 20,
    });
  });

  it('measures the time on, and the steps from the checkpoint, while an extended run trains', () => {
    const ended = [entry(4, epoch(4)), entry(5, finished({ seconds: 40 }))];
    const extended = [entry(6, state('running'), 2), entry(7, started({ resumedFromStep: 40, epochs: 8 }), 2)];
    const history = fold(emptyHistory, [...events, ...ended, ...extended]);
    expect(runStatus(run, history)).toMatchObject({ step: 40, progress: 0.5, elapsedSeconds: 40 });
    const further = fold(history, [entry(8, progress(45, { elapsedSeconds: 46 }), 2)]);
    expect(runStatus(run, further)).toMatchObject({ step: 45, elapsedSeconds: 46 });
  });

  it('starts again where there is no checkpoint', () => {
    const history = fold(emptyHistory, [...events, entry(4, epoch(1)), entry(5, started(), 2)]);
    expect(runStatus(detail({ lastSeq: 4, step: 10 }), history)).toMatchObject({ step: 0, progress: 0 });
  });

  it('has the best epoch of the history', () => {
    const history = fold(emptyHistory, [...events, entry(4, epoch(1)), entry(5, epoch(2))]);
    expect(runStatus(run, history)).toMatchObject({ bestEpoch: 2, bestValidationAccuracy: 0.58 });
  });

  it('is complete without remaining time when the run has finished', () => {
    const history = fold(emptyHistory, [...events, entry(4, state('succeeded'))]);
    expect(runStatus(run, history)).toMatchObject({
      state: 'succeeded',
      progress: 1,
      remainingSeconds: null,
      worker: null,
    });
  });

  it('has the failure before the REST response does', () => {
    const failed = entry(4, diverged('NaN'));
    const history = fold(emptyHistory, [...events, failed, entry(5, state('failed'))]);
    expect(runStatus(run, history).failure).toMatchObject({ class: 'diverged', message: 'NaN' });
  });

  it('drops a cancel request when the run has ended', () => {
    expect(runStatus(detail({ state: 'cancelled', cancelRequested: true }), emptyHistory).cancelRequested).toBe(false);
  });
});

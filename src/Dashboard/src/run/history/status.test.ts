import { describe, expect, it } from 'vitest';
import { detail, diverged, entry, epoch, progress, started, state } from '../../testing/samples';
import { emptyHistory, fold } from './runHistory';
import { runStatus } from './status';

const run = detail({ lastSeq: 3 });
const events = [entry(1, state('running')), entry(2, started()), entry(3, progress(4))];

describe('runStatus', () => {
  it('trusts REST while the history is replayed', () => {
    expect(runStatus(detail({ lastSeq: 10 }), fold(emptyHistory, events))).toMatchObject({
      step: 15,
      epoch: 2,
      progress: 0.375,
    });
  });

  it('follows the events once they lead', () => {
    const history = fold(emptyHistory, [...events, entry(4, progress(20, { imagesPerSecond: 1_500 }))]);
    expect(runStatus(run, history)).toMatchObject({
      step: 20,
      epoch: 2,
      progress: 0.5,
      imagesPerSecond: 1_500,
      remainingSeconds: 20,
    });
  });

  it('takes the best epoch of the history', () => {
    const history = fold(emptyHistory, [...events, entry(4, epoch(1)), entry(5, epoch(2))]);
    expect(runStatus(run, history)).toMatchObject({ bestEpoch: 2, bestValidationAccuracy: 0.58 });
  });

  it('is complete and without time left when the run has succeeded', () => {
    const history = fold(emptyHistory, [...events, entry(4, state('succeeded'))]);
    expect(runStatus(run, history)).toMatchObject({
      state: 'succeeded',
      progress: 1,
      remainingSeconds: null,
      worker: null,
    });
  });

  it('tells the failure before REST does', () => {
    const failed = entry(4, diverged('NaN'));
    const history = fold(emptyHistory, [...events, failed, entry(5, state('failed'))]);
    expect(runStatus(run, history).failure).toMatchObject({ class: 'diverged', message: 'NaN' });
  });

  it('forgets a cancel request once the run is over', () => {
    expect(runStatus(detail({ state: 'cancelled', cancelRequested: true }), emptyHistory).cancelRequested).toBe(false);
  });
});

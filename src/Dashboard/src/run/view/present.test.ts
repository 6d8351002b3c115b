import { describe, expect, it } from 'vitest';
import { detail, diverged, entry, epoch, progress, started, state } from '../../testing/samples';
import { presentOf } from './present';
import { emptyView, fold } from './runView';

const run = detail({ lastSeq: 3 });
const events = [entry(1, state('running')), entry(2, started()), entry(3, progress(4))];

describe('presentOf', () => {
  it('trusts REST while the view is replayed', () => {
    expect(presentOf(detail({ lastSeq: 10 }), fold(emptyView, events))).toMatchObject({
      step: 15,
      epoch: 2,
      progress: 0.375,
    });
  });

  it('follows the events once they lead', () => {
    const view = fold(emptyView, [...events, entry(4, progress(20, { imagesPerSecond: 1_500 }))]);
    expect(presentOf(run, view)).toMatchObject({
      step: 20,
      epoch: 2,
      progress: 0.5,
      imagesPerSecond: 1_500,
      remainingSeconds: 20,
    });
  });

  it('takes the best epoch of the view', () => {
    const view = fold(emptyView, [...events, entry(4, epoch(1)), entry(5, epoch(2))]);
    expect(presentOf(run, view)).toMatchObject({ bestEpoch: 2, bestValidationAccuracy: 0.58 });
  });

  it('is complete and without time left when the run has succeeded', () => {
    const view = fold(emptyView, [...events, entry(4, state('succeeded'))]);
    expect(presentOf(run, view)).toMatchObject({
      state: 'succeeded',
      progress: 1,
      remainingSeconds: null,
      worker: null,
    });
  });

  it('tells the failure before REST does', () => {
    const failed = entry(4, diverged('NaN'));
    const view = fold(emptyView, [...events, failed, entry(5, state('failed'))]);
    expect(presentOf(run, view).failure).toMatchObject({ class: 'diverged', message: 'NaN' });
  });

  it('forgets a cancel request once the run is over', () => {
    expect(presentOf(detail({ state: 'cancelled', cancelRequested: true }), emptyView).cancelRequested).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { diverged, entry, epoch, finished, progress, started, state } from '../../testing/samples';
import { bestEpoch, emptyHistory, fold, secondsAt } from './runHistory';

describe('fold', () => {
  it('has state, attempt and worker of the newest event', () => {
    const history = fold(emptyHistory, [
      entry(1, state('queued'), 0),
      entry(2, state('running'), 1),
      entry(3, started(), 1),
    ]);
    expect(history).toMatchObject({ lastSeq: 3, state: 'running', attempt: 1, worker: 'worker-1' });
    expect(history.started?.stepsPerEpoch).toBe(10);
  });

  it('collects points per epoch and per step', () => {
    const history = fold(emptyHistory, [
      entry(1, started()),
      entry(2, progress(5)),
      entry(3, progress(10)),
      entry(4, epoch(1)),
    ]);
    expect(history.steps.points.map((point) => point.step)).toEqual([5, 10]);
    expect(history.epochs.map((point) => point.epoch)).toEqual([1]);
    expect(history.progress?.step).toBe(10);
  });

  it('does not depend on batches', () => {
    const entries = [
      entry(1, state('running')),
      entry(2, started()),
      ...Array.from({ length: 30 }, (_, i) => entry(3 + i, (i + 1) % 10 === 0 ? epoch((i + 1) / 10) : progress(i + 1))),
    ];
    const pieces = entries.reduce((history, one) => fold(history, [one]), emptyHistory);
    expect(pieces).toEqual(fold(emptyHistory, entries));
  });

  it('ignores known entries', () => {
    const history = fold(emptyHistory, [entry(1, epoch(1))]);
    expect(fold(history, [entry(1, epoch(1))])).toBe(history);
  });

  it('replaces an epoch that is retrained after a crash', () => {
    const history = fold(emptyHistory, [
      entry(1, started()),
      entry(2, epoch(1)),
      entry(3, epoch(2, { validationAccuracy: 0.1 })),
      entry(4, started({ resumedFromStep: 10 }), 2),
      entry(5, epoch(2, { validationAccuracy: 0.2 }), 2),
    ]);
    expect(history.epochs.map((point) => [point.epoch, point.validationAccuracy])).toEqual([
      [1, 0.54],
      [2, 0.2],
    ]);
  });

  it('drops the steps that are retrained', () => {
    const history = fold(emptyHistory, [
      entry(1, started()),
      entry(2, progress(8)),
      entry(3, progress(13)),
      entry(4, started({ resumedFromStep: 10 }), 2),
      entry(5, progress(12), 2),
    ]);
    expect(history.steps.points.map((point) => point.step)).toEqual([8, 12]);
  });

  it('drops the epochs that are retrained', () => {
    const history = fold(emptyHistory, [
      entry(1, started()),
      entry(2, epoch(1)),
      entry(3, epoch(2)),
      entry(4, epoch(3)),
      entry(5, started({ resumedFromStep: 10 }), 2),
    ]);
    expect(history.epochs.map((point) => point.epoch)).toEqual([1]);
  });

  it('forgets how the attempt before ended when the next one starts', () => {
    const failed = fold(emptyHistory, [entry(1, started()), entry(2, diverged('The loss is NaN.'))]);
    expect(fold(failed, [entry(3, started(), 2)]).failed).toBeNull();
    const ended = fold(emptyHistory, [entry(1, started()), entry(2, epoch(4)), entry(3, finished())]);
    expect(ended.finished?.seconds).toBe(40);
    expect(fold(ended, [entry(4, started({ resumedFromStep: 40, epochs: 8 }), 2)]).finished).toBeNull();
  });

  it('keeps gaps at values that are not finite', () => {
    const history = fold(emptyHistory, [entry(1, progress(1, { trainLoss: null }))]);
    expect(history.steps.points[0]?.loss).toBeNull();
  });

  it('keeps the failure', () => {
    const history = fold(emptyHistory, [entry(1, diverged('The loss is NaN.')), entry(2, state('failed'))]);
    expect(history.failed?.message).toBe('The loss is NaN.');
    expect(history.state).toBe('failed');
  });
});

describe('secondsAt', () => {
  const history = fold(emptyHistory, [
    entry(1, started()),
    entry(2, progress(4, { elapsedSeconds: 8 })),
    entry(3, progress(8, { elapsedSeconds: 12 })),
  ]);

  it.each([
    ['before the first measured step', 2, 4],
    ['between measured steps', 6, 10],
    ['at a measured step', 8, 12],
    ['after the last one', 10, 15],
  ])('is in proportion %s', (_, step, seconds) => expect(secondsAt(history, step)).toBeCloseTo(seconds));

  it('is 0 where nothing is measured', () => expect(secondsAt(emptyHistory, 3)).toBe(0));
});

describe('bestEpoch', () => {
  it('is the first of equals', () => {
    const points = [0.5, 0.7, 0.7, null].map((validationAccuracy, i) => epoch(i + 1, { validationAccuracy }));
    expect(bestEpoch(points)?.epoch).toBe(2);
  });

  it('is null without a measured accuracy', () => {
    expect(bestEpoch([epoch(1, { validationAccuracy: null })])).toBeNull();
  });
});

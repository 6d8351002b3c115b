import { describe, expect, it } from 'vitest';
import { emptyHistory, withFrame } from './history';
import { frameAt } from './testing/ScriptedPlayground';

describe('withFrame', () => {
  it('adds a point at the epoch with its fraction, once for each update', () => {
    const first = withFrame(emptyHistory, frameAt(10));
    const again = withFrame(first, frameAt(10, { trainLoss: null }));
    expect(first.train).toEqual([[0.5, 0.5]]);
    expect(again.train).toEqual([[0.5, null]]);
    expect(again.validation).toEqual([[0.5, 0.6]]);
  });

  it('goes on at the same epoch with batches of another size, which begin the epoch again', () => {
    const before = [40, 50, 60].reduce((history, step) => withFrame(history, frameAt(step)), emptyHistory);
    const after = withFrame(before, frameAt(60, { epoch: 2, stepInEpoch: 0, stepsPerEpoch: 5 }));
    expect(before.train.map(([x]) => x)).toEqual([2, 2.5, 3]);
    expect(after.train.map(([x]) => x)).toEqual([2]);
    expect(withFrame(after, frameAt(62, { epoch: 2, stepInEpoch: 2, stepsPerEpoch: 5 })).train.at(-1)?.[0]).toBe(2.4);
  });

  it('stays short, with the first and the newest point', () => {
    let history = emptyHistory;
    for (let step = 0; step < 5000; step++) {
      history = withFrame(history, frameAt(step));
    }
    expect(history.train.length).toBeLessThanOrEqual(601);
    expect(history.train[0]?.[0]).toBe(0);
    expect(history.train.at(-1)?.[0]).toBe(4999 / 20);
  });
});

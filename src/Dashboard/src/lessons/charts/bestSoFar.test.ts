import { describe, expect, it } from 'vitest';
import { bestSoFar, trainedEpochs } from './bestSoFar';

const trials = [null, 0.3, 0.2, 0.5, null].map((value, number) => ({ number, value }));

describe('bestSoFar', () => {
  it('rises, begins with the first value, and goes on over trials without one', () => {
    expect(bestSoFar(trials, false)).toEqual([
      [2, 0.3],
      [3, 0.3],
      [4, 0.5],
      [5, 0.5],
    ]);
  });

  it('falls for a metric that is minimized', () => {
    expect(bestSoFar(trials, true).map(([, best]) => best)).toEqual([0.3, 0.2, 0.2, 0.2]);
  });
});

describe('trainedEpochs', () => {
  it('counts the part of a run that was trained', () => {
    const run = (progress: number) => ({ id: 'a', seed: 1, state: 'cancelled' as const, progress });
    expect(
      trainedEpochs([
        { epochs: 20, runs: [run(1), run(0.1)] },
        { epochs: 20, runs: [] },
      ]),
    ).toBeCloseTo(22);
  });
});

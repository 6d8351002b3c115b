import { describe, expect, it } from 'vitest';
import { comparison, run } from '../compare/testing/sample';
import { countUntil, endOf, racersOf, standingsAt } from './race';

const data = comparison({
  runs: [run('a'), run('b'), run('c')],
  curves: { validation_accuracy: { a: [0.5, 0.9, 0.6], b: [0.6, 0.8, 0.9, 0.95], c: [] } },
});
const racers = racersOf(data);
const board = (clock: number) =>
  standingsAt(racers, clock).map(({ rank, racer, best }) => `${rank} ${racer.run.name} ${best}`);

describe('the race', () => {
  it('includes the runs with a finished epoch', () => {
    expect(racers.map((racer) => racer.run.name)).toEqual(['a', 'b']);
    expect(endOf(racers)).toBe(8);
  });

  it('has no leader before the first epoch ended', () => {
    expect(board(1.9)).toEqual(['null a null', 'null b null']);
  });

  it('is led by the best accuracy so far', () => {
    expect(board(2)).toEqual(['1 b 0.6', '2 a 0.5']);
    expect(board(5)).toEqual(['1 a 0.9', '2 b 0.8']);
    expect(board(8)).toEqual(['1 b 0.95', '2 a 0.9']);
  });

  it('shares a rank between equals, ordered by time', () => {
    expect(board(6)).toEqual(['1 a 0.9', '1 b 0.9']);
  });

  it('has the current and the best value, and whether a run has finished', () => {
    const [, a] = standingsAt(racers, 8);
    expect(a).toMatchObject({ now: 0.6, epoch: 3, isFinished: true });
    expect(standingsAt(racers, 6).find(({ racer }) => racer.run.name === 'b')?.isFinished).toBe(false);
  });
});

describe('countUntil', () => {
  const points = [1, 2, 2, 5].map((seconds) => ({ seconds, epoch: 1, value: 0 }));
  it.each([
    [0, 0],
    [1, 1],
    [2, 3],
    [4.9, 3],
    [9, 4],
  ])('at %s is %s', (clock, count) => expect(countUntil(points, clock)).toBe(count));
});

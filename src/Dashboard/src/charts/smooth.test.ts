import { describe, expect, it } from 'vitest';
import { smoothed } from './smooth';

describe('smoothed', () => {
  it('changes nothing with weight 0', () => {
    const points = [[1, 3] as const];
    expect(smoothed(points, 0)).toBe(points);
  });

  it('keeps a constant constant from its first point on', () => {
    expect(
      smoothed(
        [
          [1, 5],
          [2, 5],
          [3, 5],
        ],
        0.9,
      ).map(([, y]) => y),
    ).toEqual([expect.closeTo(5, 10), expect.closeTo(5, 10), expect.closeTo(5, 10)]);
  });

  it('weighs by hand-computed shares: after 1 and 3 with weight 0.5 the mean is 7/3', () => {
    expect(
      smoothed(
        [
          [1, 1],
          [2, 3],
        ],
        0.5,
      )[1]?.[1],
    ).toBeCloseTo(7 / 3, 12);
  });

  it('leaves gaps as gaps', () => {
    expect(
      smoothed(
        [
          [1, 2],
          [2, null],
          [3, 2],
        ],
        0.6,
      ),
    ).toEqual([
      [1, 2],
      [2, null],
      [3, expect.closeTo(2, 10)],
    ]);
  });
});

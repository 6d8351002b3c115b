import { describe, expect, it } from 'vitest';
import { axisEnd, lastValue, type Series, smoothed, tableRows } from './series';

describe('axisEnd', () => {
  it.each([
    [0, 5],
    [5, 5],
    [5.1, 10],
    [130, 160],
  ])('at %s is %s', (current, end) => expect(axisEnd(current)).toBe(end));
});

describe('lastValue', () => {
  it('skips values that are not finite', () => {
    expect(
      lastValue([
        [1, 0.5],
        [2, null],
      ]),
    ).toBe(0.5);
    expect(lastValue([])).toBeNull();
  });
});

describe('tableRows', () => {
  it('joins curves by x', () => {
    const series = (id: string, points: Series['points']): Series => ({
      id,
      name: id,
      color: '--x',
      look: 'line',
      points,
    });
    expect(
      tableRows([
        series('a', [
          [1, 0.1],
          [2, 0.2],
        ]),
        series('b', [
          [2, 0.3],
          [3, null],
        ]),
      ]),
    ).toEqual([
      { x: 1, values: [0.1, null] },
      { x: 2, values: [0.2, 0.3] },
      { x: 3, values: [null, null] },
    ]);
  });
});

describe('smoothed', () => {
  it('changes nothing with weight 0', () => {
    const points = [[1, 3] as const];
    expect(smoothed(points, 0)).toBe(points);
  });

  it('keeps a constant from the first point on', () => {
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

  it('matches a value computed by hand: 1 and 3 with weight 0.5 give 7/3', () => {
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

  it('keeps gaps', () => {
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

import { describe, expect, it } from 'vitest';
import { axisEnd, lastValue, type Series, tableRows } from './series';

describe('axisEnd', () => {
  it.each([
    [0, 20, 5],
    [5, 20, 5],
    [5.1, 20, 10],
    [12, 15, 15],
    [3, 3, 3],
    [0, 1, 1],
    [130, 10_000, 160],
  ])('at %s of %s epochs is %s', (current, planned, end) => expect(axisEnd(current, planned)).toBe(end));
});

describe('lastValue', () => {
  it('skips what is not finite', () => {
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
      style: 'line',
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

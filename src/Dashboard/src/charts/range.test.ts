import { describe, expect, it } from 'vitest';
import { rangeOfY, steps } from './range';
import type { Drawing } from './series';

const drawing = (values: readonly number[], y: Partial<Drawing['y']> = {}, x: Partial<Drawing['x']> = {}): Drawing => ({
  series: [{ id: 'a', name: 'a', color: '--a', look: 'line', points: values.map((value, at) => [at, value] as const) }],
  x: { name: 'Step', from: 0, to: null, format: String, tick: String, ...x },
  y: { limits: [0, Number.POSITIVE_INFINITY], format: String, tick: String, ...y },
});

describe('rangeOfY', () => {
  it('ends at round numbers around the values', () => {
    expect(rangeOfY(drawing([0.12, 0.93]))).toEqual({ min: 0, max: 1, interval: 0.5 });
    expect(rangeOfY(drawing([2.31, 0.48]))).toMatchObject({ min: 0, max: 2.5 });
  });

  it('does not turn noise into a drama: the span is at least a twentieth of the values', () => {
    const { min = 0, max = 0 } = rangeOfY(drawing([1.09857, 1.09875])) ?? {};
    expect(max - min).toBeGreaterThanOrEqual(0.05);
    expect(rangeOfY(drawing([0.001, 0.001]))).toMatchObject({ min: expect.any(Number), max: expect.any(Number) });
    expect(rangeOfY(drawing([0, 0]))?.max).toBeGreaterThan(0);
  });

  it('does not exceed what the metric can be', () => {
    expect(rangeOfY(drawing([0.97, 0.999], { limits: [0, 1] }))?.max).toBe(1);
    const band = { id: 'b', color: '--b', points: [[0, 0.5, 1]] as const };
    expect(rangeOfY({ ...drawing([0.9], { limits: [0, 1] }), bands: [band] })).toMatchObject({ max: 1 });
  });

  it('ignores outliers on request', () => {
    const values = [4, ...Array.from({ length: 60 }, (_, index) => 0.5 - index * 0.001), 0.01];
    expect(rangeOfY(drawing(values))?.max).toBe(4);
    expect(rangeOfY(drawing(values, { ignoresOutliers: true }))?.max).toBeLessThan(0.6);
  });

  it('fits the values of the zoomed part', () => {
    expect(rangeOfY(drawing([9, 8, 0.2, 0.1], {}, { from: 2, to: 3 }))?.max).toBeLessThan(0.5);
  });

  it('is none without values, and without positive ones on a log scale', () => {
    expect(rangeOfY(drawing([]))).toBeNull();
    expect(rangeOfY(drawing([0, -1], { isLog: true }))).toBeNull();
  });
});

describe('steps', () => {
  it.each([
    [0, 1, [0, 0.5, 1]],
    [0.61, 0.87, [0.7, 0.8]],
    [-1, 7, [0, 2, 4, 6]],
  ])('between %s and %s', (low, high, marks) => expect(steps(low, high)).toEqual(marks));
});

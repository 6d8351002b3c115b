import { describe, expect, it } from 'vitest';
import { rangeOf, valueNear } from './surface';

const point = (x: number, y: number, value: number) => ({ id: `${x} ${y}`, x, y, value });

describe('the surface between trials', () => {
  const points = [point(0.2, 0.5, 1), point(0.4, 0.5, 3)];

  it('is the value of a trial that is alone, and the mean between two', () => {
    expect(valueNear([point(0.5, 0.5, 7)], 0.55, 0.45)).toBe(7);
    expect(valueNear(points, 0.3, 0.5)).toBeCloseTo(2, 12);
    expect(valueNear(points, 0.2, 0.5)).toBeLessThan(2);
  });

  it('is empty where no trial is near', () => {
    expect(valueNear(points, 0.9, 0.9)).toBeNull();
    expect(valueNear([], 0.5, 0.5)).toBeNull();
  });

  it('has a scale without the worst tenth', () => {
    const losses = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1e9].map((value, index) => point(index, 0, value));
    expect(rangeOf(losses, 'minimize')).toEqual([0.1, 0.9]);
    expect(
      rangeOf(
        losses.map((one) => ({ ...one, value: -one.value })),
        'maximize',
      ),
    ).toEqual([-0.9, -0.1]);
    expect(rangeOf([point(0, 0, 2)], 'minimize')).toEqual([2, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { append, noPoints, rewind, type StepPoint } from './downsample';

const point = (step: number, loss: number | null = step): StepPoint => ({ step, seconds: step, loss, accuracy: null });
const many = (count: number) => Array.from({ length: count }, (_, i) => point(i + 1));

describe('append', () => {
  it('keeps all points up to its capacity', () => {
    expect(append(noPoints, many(8), 8).points).toHaveLength(8);
  });

  it('merges pairs when full, with their mean, at the later step', () => {
    const series = append(noPoints, many(9), 8);
    expect(series.stride).toBe(2);
    expect(series.points.slice(0, 2)).toEqual([point(2, 1.5), point(4, 3.5)]);
  });

  it('stays bounded however long the run is', () => {
    let series = noPoints;
    for (let step = 1; step <= 20_000; step++) {
      series = append(series, [point(step)], 100);
      expect(series.points.length).toBeLessThanOrEqual(100);
      expect(series.pending.length).toBeLessThan(series.stride);
    }
    expect(series.points.at(-1)?.step).toBeGreaterThan(19_000);
  });

  it('does not depend on batches', () => {
    const oneByOne = many(500).reduce((series, one) => append(series, [one], 50), noPoints);
    expect(oneByOne).toEqual(append(noPoints, many(500), 50));
  });

  it('averages finite values', () => {
    const series = append({ ...noPoints, stride: 2 }, [point(1, null), point(2, 4)]);
    expect(series.points[0]?.loss).toBe(4);
  });
});

describe('rewind', () => {
  it('drops everything after the step', () => {
    const series = rewind(append(noPoints, many(5)), 3);
    expect(series.points.map((one) => one.step)).toEqual([1, 2, 3]);
  });
});

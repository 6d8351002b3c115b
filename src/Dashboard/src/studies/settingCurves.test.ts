import { describe, expect, it } from 'vitest';
import { settingCurves, settingOf } from './settingCurves';
import type { StudyDetail, TrialEntry } from './useStudies';

const study = { metric: 'validation_accuracy', definition: { seeds: [7, 8] } } as StudyDetail;
const trial = (number: number, curves: readonly (readonly (number | null)[])[]) =>
  ({
    number,
    seedCurves: curves.map((values, index) => ({
      seed: 7 + index,
      points: values.map((value, epoch) => ({ epoch: epoch + 1, value })),
    })),
  }) as unknown as TrialEntry;

describe('settingCurves', () => {
  const { series, bands } = settingCurves(
    study,
    [trial(0, [[0.4, 0.6], [0.6]]), trial(3, [[0.2, null]])],
    ({ number }) => `setting ${number}`,
    (seed) => `seed ${seed}`,
  );

  it('draws the seeds below the means, in shades of the hue of their setting', () => {
    expect(series.map(({ id, look, color }) => [id, look, color])).toEqual([
      ['0 7', 'faint', '--line-1'],
      ['0 8', 'faint', '--line-1-2'],
      ['3 7', 'faint', '--line-4'],
      ['0', 'line', '--line-1'],
      ['3', 'line', '--line-4'],
    ]);
    expect(series.map(({ id }) => settingOf(id))).toEqual(['0', '0', '3', '0', '3']);
    expect(series[1]?.name).toBe('setting 0, seed 8');
  });

  it('has the mean and the deviation of the seeds that have an epoch; a band needs two', () => {
    expect(series[3]?.points).toEqual([
      [1, 0.5],
      [2, 0.6],
    ]);
    expect(series[4]?.points).toEqual([[1, 0.2]]);
    expect(bands.map(({ id }) => id)).toEqual(['0 band']);
    expect(bands[0]?.points[0]?.map((value) => Number(value.toFixed(3)))).toEqual([1, 0.359, 0.641]);
    expect(bands[0]?.points[1]).toEqual([2, 0.6, 0.6]);
  });
});

// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { comparison, idOf, run } from '../testing/sample';
import { type CurveView, readCurveView } from '../view';
import { linesOf } from './lines';

const data = comparison({
  runs: [run('a'), run('b'), run('c')],
  groups: [['a', 'b'], ['c']],
  curves: {
    validation_loss: { a: [1, 0.6, 0.2], b: [3, 1], c: [2, null, 1] },
    train_loss: { a: [0.9, 0.5, 0.1], b: [2, 0.8], c: [1, 1, 1] },
  },
});
const view = (changes: Partial<CurveView> = {}): CurveView => ({
  ...readCurveView(new URLSearchParams('metric=loss')),
  ...changes,
});

describe('linesOf', () => {
  it('has a line for each visible run on the selected axis', () => {
    const { lines, bands } = linesOf(data, view({ axis: 'time', hidden: new Set([idOf('b')]) }));
    expect(lines.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(lines[1]?.points).toEqual([
      [2, 2],
      [4, null],
      [6, 1],
    ]);
    expect(bands).toEqual([]);
  });

  it('keeps the style of a run when others are hidden', () => {
    const style = (hidden: string[]) =>
      linesOf(data, view({ hidden: new Set(hidden) })).lines.find(({ name }) => name === 'c')?.dash;
    expect(style([idOf('a')])).toEqual(style([]));
  });

  it('adds faint training curves to the validation curves', () => {
    const { lines } = linesOf(data, view({ split: 'both' }));
    expect(lines.map(({ name, look }) => `${name} ${look}`)).toEqual([
      'a line',
      'b line',
      'c line',
      'a faint',
      'b faint',
      'c faint',
    ]);
  });

  it('computes mean and standard deviation over seeds per epoch', () => {
    const { lines, bands } = linesOf(data, view({ by: 'groups' }));
    expect(lines.map(({ name }) => name)).toEqual(['setting a (2)', 'setting c (1)']);
    expect(lines[0]?.points).toEqual([
      [1, 2],
      [2, 0.8],
      [3, 0.2],
    ]);
    // Values 1 and 3: mean 2, standard deviation the root of 2 (divided by n - 1). One value has no deviation.
    expect(bands).toHaveLength(1);
    expect(bands[0]?.points[0]?.map((value) => Number(value.toFixed(4)))).toEqual([1, 0.5858, 3.4142]);
    expect(bands[0]?.points[2]).toEqual([3, 0.2, 0.2]);
  });

  it('keeps a band within what the metric can be, and above zero on a log scale', () => {
    const wide = comparison({
      groups: [['a', 'b']],
      curves: { validation_loss: { a: [0.01], b: [1] }, validation_accuracy: { a: [0.6], b: [1] } },
    });
    expect(linesOf(wide, view({ by: 'groups' })).bands[0]?.points[0]?.[1]).toBe(0);
    expect(linesOf(wide, view({ by: 'groups', family: 'accuracy' })).bands[0]?.points[0]?.[2]).toBe(1);
    expect(linesOf(wide, view({ by: 'groups', isLog: true })).bands[0]?.points[0]?.[1]).toBe(0.01);
  });

  it('smooths before averaging', () => {
    const { lines } = linesOf(data, view({ smoothing: 0.5 }));
    // (0.5 * 0.5 * 1 + 0.5 * 0.6) / (1 - 0.25) of the corrected average.
    expect(lines[0]?.points[1]?.[1]).toBeCloseTo(0.55 / 0.75, 10);
  });
});

import { describe, expect, it } from 'vitest';
import { comparison, idOf, run } from '../testing/sample';
import { insideOf, readBrushes, withBrush, writeBrushes } from './brush';
import { gridOf } from './grid';
import { scaleOf } from './scale';
import { isInformative, resultsOf, settingsOf, type Variable } from './variables';

const data = comparison({
  runs: [run('a'), run('b'), run('c'), run('d')],
  differences: {
    '/seed': [1, 2, 1, 2],
    '/training/optimizer/name': ['sgd', 'sgd', 'adam', 'adam'],
    '/training/optimizer/beta1': [null, null, 0.9, 0.9],
    '/training/optimizer/learningRate': [0.1, 0.1, 0.001, 0.01],
  },
  curves: { validation_accuracy: { a: [0.5], b: [0.7], c: [0.9] } },
});
const ids = data.runs.map(({ id }) => id);
const find = (id: string): Variable => {
  const found = [...settingsOf(data), ...resultsOf(data, 'time')].find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`There is no variable ${id}.`);
  }
  return found;
};
const optimizer = find('param:/training/optimizer/name');
const rate = find('param:/training/optimizer/learningRate');
const accuracy = find('best:validation_accuracy');

describe('variables', () => {
  it('are the settings that differ, the seed last, and the best values', () => {
    expect(
      settingsOf(data)
        .map(({ id }) => id)
        .at(-1),
    ).toBe('param:/seed');
    expect(optimizer).toMatchObject({ kind: 'category', categories: ['Adam', 'SGD'] });
    expect(accuracy.valueOf(idOf('b'))).toBe(0.7);
    expect(accuracy.valueOf(idOf('d'))).toBeNull();
  });

  it('are not informative when only one technique has them', () => {
    expect(isInformative(find('param:/training/optimizer/beta1'))).toBe(false);
    expect(isInformative(rate)).toBe(true);
  });
});

describe('scaleOf', () => {
  it('has a log scale for learning rates, with ticks at the values', () => {
    const scale = scaleOf(rate, ids);
    expect(scale.isLog).toBe(true);
    expect(scale.share(0.01)).toBeCloseTo(0.5, 10);
    expect(scale.ticks.map(({ value }) => value)).toEqual([0.001, 0.01, 0.1]);
    expect(scale.at(0.5)).toBeCloseTo(0.01, 10);
  });

  it('places categories evenly', () => {
    const scale = scaleOf(optimizer, ids);
    expect([scale.share('Adam'), scale.share('SGD'), scale.share(null), scale.share('other')]).toEqual([
      0,
      1,
      null,
      null,
    ]);
    expect(scale.at(0.8)).toBe('SGD');
  });

  it('centres equal values', () => {
    expect(scaleOf(accuracy, [idOf('a')]).share(0.5)).toBe(0.5);
  });
});

describe('brushes', () => {
  const axes = [optimizer, rate, accuracy].map((variable) => ({ variable, scale: scaleOf(variable, ids) }));

  it('survive a round trip through the URL', () => {
    const search = new URLSearchParams();
    const brushes = withBrush(withBrush(new Map(), optimizer.id, [0.5, 0]), accuracy.id, [0.25, 1]);
    writeBrushes(brushes, search);
    expect(readBrushes(new URLSearchParams(search.toString()))).toEqual(brushes);
    expect(brushes.get(optimizer.id)).toEqual([0, 0.5]);
  });

  it('of a whole axis are removed', () => {
    expect(withBrush(new Map([[rate.id, [0, 0.5] as const]]), rate.id, [0, 1]).size).toBe(0);
    expect(readBrushes(new URLSearchParams('brush=nonsense&brush=x@0.9-0.1')).size).toBe(0);
  });

  it('select the runs within all of them, without runs that lack a value', () => {
    expect(insideOf(ids, axes, new Map())).toEqual(new Set(ids));
    expect(insideOf(ids, axes, new Map([[optimizer.id, [0, 0.4] as const]]))).toEqual(new Set([idOf('c'), idOf('d')]));
    expect(
      insideOf(
        ids,
        axes,
        new Map([
          [optimizer.id, [0, 0.4] as const],
          [accuracy.id, [0, 1] as const],
        ]),
      ),
    ).toEqual(new Set([idOf('c')]));
  });
});

describe('gridOf', () => {
  it('averages the results of the runs in each cell', () => {
    const grid = gridOf(ids, rate, optimizer, accuracy, String);
    expect(grid.columns).toEqual(['0.001', '0.01', '0.1']);
    expect(grid.rows).toEqual(['Adam', 'SGD']);
    expect(grid.cells.map((row) => row.map(({ mean }) => (mean === null ? null : Number(mean.toFixed(3)))))).toEqual([
      [0.9, null, null],
      [null, null, 0.6],
    ]);
  });

  it('bins many values into ranges that contain every run once', () => {
    const names = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
    const many = comparison({
      runs: names.map((name) => run(name)),
      differences: { '/x': names.map((_, index) => index * index), '/y': names.map((_, index) => index % 2) },
      curves: { validation_accuracy: Object.fromEntries(names.map((name) => [name, [0.5]])) },
    });
    const [x, y] = settingsOf(many);
    const [result] = resultsOf(many, 'time');
    if (x === undefined || y === undefined || result === undefined) {
      throw new Error('A variable is missing.');
    }
    const all = many.runs.map(({ id }) => id);
    const grid = gridOf(all, x, y, result, String);
    expect(grid.columns.length).toBeLessThanOrEqual(10);
    expect(grid.cells.flatMap((row) => row.flatMap((cell) => cell.runs)).sort()).toEqual([...all].sort());
  });
});

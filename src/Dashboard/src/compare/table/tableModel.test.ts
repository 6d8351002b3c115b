import { describe, expect, it } from 'vitest';
import { comparison, run } from '../testing/sample';
import { columnsOf, hasDetails, nextSort, readSort, rowsOf, type Sort, sorted, writeSort } from './tableModel';

const data = comparison({
  runs: [run('a', { elapsedSeconds: 3 }), run('b', { elapsedSeconds: null }), run('c', { elapsedSeconds: 1 })],
  differences: {
    '/seed': [1, 2, 3],
    '/training/optimizer/name': ['sgd', 'adam', 'adam'],
    '/training/optimizer/beta1': [null, 0.9, 0.9],
    '/training/optimizer/learningRate': [0.1, 0.01, 0.001],
  },
  curves: {
    train_loss: { a: [2, 1], b: [0.5, 0.7] },
    validation_accuracy: { a: [0.9, 0.2], b: [0.8, 0.85], c: [0.9] },
  },
});
const columns = columnsOf(data, false);
const order = (sort: Sort | null) => sorted(rowsOf(data), columns, sort).map((row) => row.run.name);

describe('the table of differences', () => {
  it('has the settings that differ, the seed last, then the metrics', () => {
    expect(columns.map(({ id }) => id)).toEqual([
      'run',
      'param:/training/optimizer/name',
      'param:/training/optimizer/learningRate',
      'param:/seed',
      'best:validation_accuracy',
      'best:train_loss',
      'elapsed',
    ]);
  });

  it('has the state column when states differ', () => {
    const mixed = comparison({ runs: [run('a', {}), run('b', { state: 'running' })] });
    expect(columnsOf(mixed, false).map(({ id }) => id)).toContain('state');
  });

  it('has method-specific settings on request', () => {
    expect(hasDetails(data)).toBe(true);
    expect(columnsOf(data, true).map(({ id }) => id)).toContain('param:/training/optimizer/beta1');
  });

  it('marks every run with the best value, not the last one', () => {
    const tops = rowsOf(data).map((row) => row.scores.get('validation_accuracy')?.isTop);
    expect(tops).toEqual([true, false, true]);
    expect(rowsOf(data)[1]?.scores.get('train_loss')).toEqual({ best: 0.5, bestEpoch: 1, latest: 0.7, isTop: true });
  });

  it('sorts by any column, with missing values last in both directions', () => {
    expect(order({ column: 'elapsed', isDescending: false })).toEqual(['c', 'a', 'b']);
    expect(order({ column: 'elapsed', isDescending: true })).toEqual(['a', 'c', 'b']);
    expect(order({ column: 'param:/training/optimizer/name', isDescending: false })).toEqual(['b', 'c', 'a']);
    expect(order({ column: 'best:validation_accuracy', isDescending: true })).toEqual(['a', 'c', 'b']);
    expect(order({ column: 'no such', isDescending: true })).toEqual(['a', 'b', 'c']);
  });

  it('cycles through better first, worse first, and the order of selection', () => {
    const column = columns.find(({ id }) => id === 'best:validation_accuracy');
    if (column === undefined) {
      throw new Error('The column is missing.');
    }
    const first = nextSort(null, column);
    const second = nextSort(first, column);
    expect([first, second, nextSort(second, column)].map(writeSort)).toEqual([
      '-best:validation_accuracy',
      'best:validation_accuracy',
      null,
    ]);
    expect(readSort('-best:validation_accuracy')).toEqual(first);
  });
});

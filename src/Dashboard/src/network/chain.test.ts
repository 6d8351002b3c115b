import { describe, expect, it } from 'vitest';
import type { LayerRow } from '../api/types';
import { chainOf } from './chain';

const row = (name: string, kind: string, output: number[], parameters = 0): LayerRow => ({
  ...{ name, kind, output, parameters },
  ...{ input: [], settings: '', flops: 0, outputBytes: 0, arguments: {} },
});

describe('chainOf', () => {
  it('folds what only changes values into the layer before it', () => {
    const links = chainOf([
      row('conv1', 'conv', [8, 4, 4], 100),
      row('batch_norm1', 'batch_norm', [8, 4, 4], 16),
      row('activation1', 'activation', [8, 4, 4]),
      row('pool1', 'pool', [8, 2, 2]),
      row('dropout1', 'dropout', [8, 2, 2]),
      row('output', 'dense', [10], 330),
    ]);
    expect(links.map(({ layer, folded }) => [layer.name, folded.map(({ name }) => name)])).toEqual([
      ['conv1', ['batch_norm1', 'activation1']],
      ['pool1', ['dropout1']],
      ['output', []],
    ]);
    expect(links[0]?.parameters).toBe(116);
    expect(links[2]?.output).toEqual([10]);
  });

  it('folds nothing across the border of a residual layer', () => {
    const links = chainOf([
      row('conv1', 'conv', [8]),
      row('residual1.activation1', 'activation', [8]),
      row('residual1.conv1', 'conv', [8]),
      row('residual1', 'residual', [8]),
      row('activation1', 'activation', [8]),
    ]);
    expect(links.map(({ layer, depth }) => `${layer.name} ${depth}`)).toEqual([
      'conv1 0',
      'residual1.activation1 1',
      'residual1.conv1 1',
      'residual1 0',
    ]);
    expect(links[3]?.folded.map(({ name }) => name)).toEqual(['activation1']);
  });
});

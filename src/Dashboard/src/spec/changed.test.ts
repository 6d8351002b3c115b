import { describe, expect, it } from 'vitest';
import type { Json } from '../json/pointer';
import { catalog } from '../testing/catalog';
import { changedSettings } from './changed';
import { layoutOf } from './layout';

const nodes = layoutOf(catalog);
const changed = (section: string, value: Json) => {
  const group = nodes.find(({ name }) => name === section);
  const own = group !== undefined && 'nodes' in group ? group.nodes : [];
  return changedSettings(catalog, own, section, value).map(({ label, value: shown }) => `${label}: ${shown}`);
};

describe('changedSettings', () => {
  it('has techniques with what differs of their parameters', () => {
    expect(changed('data', { dataset: { name: 'xor', noise: 0.1 }, trainLimit: null })).toEqual(['Dataset: XOR']);
    expect(changed('data', { dataset: { name: 'xor', noise: 0.3 }, trainLimit: 50 })).toEqual([
      'Dataset: XOR (noise 0.3)',
      'Max. training samples: 50',
    ]);
    expect(changed('training', { epochs: 5, optimizer: { name: 'adam', learningRate: 0.001 } })).toEqual([
      'Optimizer: ADAM (learning rate 0.001)',
    ]);
  });

  it('leaves out defaults, and what does nothing', () => {
    expect(
      changed('training', {
        epochs: 5,
        brandNew: false,
        schedule: { name: 'constant', warmup: 0 },
        weightDecay: 'none',
      }),
    ).toEqual([]);
    expect(changed('training', { epochs: 6, brandNew: true })).toEqual(['Epochs: 6', 'Brand new: yes']);
    expect(changed('training', { epochs: null })).toEqual(['Epochs: none']);
  });

  it('has the items of a list, and a group that is on', () => {
    const blocks = [
      { filters: 8, pool: 'max' },
      { filters: 16, pool: 'none' },
    ];
    expect(changed('model', { kind: 'cnn', blocks, dense: [64, 32], batchNorm: { momentum: 0.1 } })).toEqual([
      'Architecture: CNN (convolution blocks)',
      'Convolution blocks: filters 8 · filters 16, pool none',
      'Hidden dense layers: 64, 32',
      'Batch normalization: yes',
    ]);
    expect(changed('model', { kind: 'mlp', blocks: [], dense: [4], batchNorm: null })).toEqual([
      'Architecture: MLP (dense layers)',
      'Hidden dense layers: 4',
    ]);
  });
});

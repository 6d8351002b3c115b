import { describe, expect, it } from 'vitest';
import type { Json } from '../json/pointer';
import { catalog } from '../testing/catalog';
import { layoutOf } from './layout';
import { itemSummary, sectionSummary } from './summary';

const nodes = layoutOf(catalog);
const summary = (spec: Json, section: string) => {
  const group = nodes.find(({ name }) => name === section);
  return sectionSummary({ catalog, spec }, section, group !== undefined && 'nodes' in group ? group.nodes : []);
};

describe('sectionSummary', () => {
  it('names what matters, and only what is set', () => {
    const spec = {
      name: 'mine',
      data: { dataset: 'xor', validationFraction: 0.2, trainLimit: 50 },
      model: {
        kind: 'cnn',
        blocks: [{ filters: 16 }, { filters: 32 }],
        dense: [64],
        activation: 'relu',
        batchNorm: {},
      },
      training: { epochs: 1, batchSize: 32, optimizer: { name: 'adam', learningRate: 0.01 }, schedule: 'constant' },
    };
    expect(summary(spec, 'run')).toBe('mine · seed 0');
    expect(summary(spec, 'data')).toBe('XOR · 20% for validation · at most 50 samples');
    expect(summary(spec, 'model')).toBe('CNN · filters 16, 32 · dense 64 · RELU · batch norm');
    expect(summary(spec, 'training')).toBe('1 epoch · batch 32 · ADAM 0.01');
  });

  it('adds other settings that differ from their defaults, by name', () => {
    expect(summary({ training: { epochs: 5, brandNew: true } }, 'training')).toBe('5 epochs · brand new');
    expect(summary({ training: { epochs: 5, brandNew: false } }, 'training')).toBe('5 epochs');
  });
});

describe('itemSummary', () => {
  it('writes an item of a list as one line', () => {
    expect(itemSummary('blocks', { filters: 16, pool: 'max', activation: { name: 'elu' } })).toBe(
      'Filters 16 · Pool max · Activation elu',
    );
    expect(itemSummary('layers', { kind: 'residual', layers: [{ kind: 'flatten' }] })).toBe('Layers 1 layer');
  });
});

import { describe, expect, it } from 'vitest';
import type { SpecFinding } from '../../api/types';
import type { Json } from '../../json/pointer';
import { placeOf } from '../../text/place';
import { fixesOf } from './fixes';

const finding = (code: SpecFinding['code'], pointer: string, args: Record<string, unknown> = {}) =>
  ({
    severity: 'error',
    code,
    pointer,
    arguments: args,
    message: '',
    found: null,
    allowed: '',
    fix: '',
  }) as SpecFinding;

const fixed = (document: Json, ...of: Parameters<typeof finding>) =>
  fixesOf(finding(...of)).map(({ label, apply }) => [label, apply(document)]);

describe('fixesOf', () => {
  it('sets the suggested value', () => {
    expect(fixed({ training: { epochs: 0 } }, 'out_of_range', '/training/epochs', { suggested: 1 })).toEqual([
      ['Use 1', { training: { epochs: 1 } }],
    ]);
    expect(
      fixed({ model: { blocks: [{ kernel: 4 }] } }, 'even_kernel', '/model/blocks/0/kernel', { suggested: 5 }),
    ).toEqual([['Use 5', { model: { blocks: [{ kernel: 5 }] } }]]);
    expect(fixed({ model: { initialization: 'he' } }, 'he_with_bounded_activation', '/model/initialization')).toEqual([
      ['Use Xavier', { model: { initialization: 'xavier' } }],
    ]);
  });

  it('makes a network for points of one for images', () => {
    const spec = { model: { kind: 'cnn', blocks: [{ filters: 8 }], activation: 'relu' } };
    expect(fixed(spec, 'cnn_needs_images', '/model/kind')).toEqual([
      ['Use MLP', { model: { kind: 'mlp', dense: [64], activation: 'relu' } }],
    ]);
  });

  it('renames or removes an unknown setting', () => {
    const spec = { training: { learning_rate: 0.1, epochs: 2 } };
    expect(fixed(spec, 'unknown_member', '/training/learning_rate', { suggested: 'epochs' })).toEqual([
      ['Rename to epochs', { training: { epochs: 0.1 } }],
      ['Remove', { training: { epochs: 2 } }],
    ]);
    expect(fixed(spec, 'unknown_member', '/training/learning_rate', { suggested: null })).toEqual([
      ['Remove', { training: { epochs: 2 } }],
    ]);
  });

  it('writes an alias with all that it implies', () => {
    const spec = { model: { initialization: 'glorot_uniform' }, training: { optimizer: 'adamw2' } };
    expect(
      fixed(spec, 'unknown_technique', '/model/initialization', {
        suggested: 'xavier',
        parameters: { distribution: 'uniform' },
        beside: null,
      }),
    ).toEqual([['Use Xavier', { ...spec, model: { initialization: { name: 'xavier', distribution: 'uniform' } } }]]);
    expect(
      fixed(spec, 'unknown_technique', '/training/optimizer', {
        suggested: 'momentum',
        parameters: null,
        beside: { weightDecay: 'l2' },
      }),
    ).toEqual([['Use Momentum', { ...spec, training: { optimizer: 'momentum', weightDecay: 'l2' } }]]);
  });

  it('has none where a person must decide', () => {
    expect(fixesOf(finding('split_too_small', '/data'))).toEqual([]);
    expect(fixesOf(finding('too_much_memory', '/model', { suggested: null }))).toEqual([]);
    expect(fixesOf(finding('malformed_json', '', { suggested: 1 }))).toEqual([]);
  });
});

describe('placeOf', () => {
  it('says where in the words of the form', () => {
    expect(placeOf('/training/epochs')).toBe('Epochs');
    expect(placeOf('/training/optimizer/learningRate')).toBe('Optimizer › Learning rate');
    expect(placeOf('/model/blocks/1/filters')).toBe('Block 2 › Filters');
    expect(placeOf('/model/layers/0/layers/2/units')).toBe('Layer 1 › Layer 3 › Units');
    expect(placeOf('/model')).toBe('Network');
    expect(placeOf('/seed')).toBe('Seed');
    expect(placeOf('')).toBe('');
  });
});

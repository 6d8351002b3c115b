import { describe, expect, it } from 'vitest';
import { put } from '../json/pointer';
import { documentOf, epochsToSave, specOf, specToSave, withChanges, withDocument } from './document';
import { defaults, type Settings } from './settings';

const edited = (settings: Settings, pointer: string, value: Parameters<typeof put>[2]) =>
  withDocument(settings, put(documentOf(settings), pointer, value));

describe('the spec', () => {
  it('has every setting of the page', () => {
    expect(specOf(documentOf({ ...defaults, weightDecay: 'l1', seed: 5, batch: 'full' }))).toEqual({
      experiment: 'playground',
      seed: 5,
      data: {
        dataset: { name: 'circles', trainSamples: 400, noise: 0.1 },
        validationFraction: 0.5,
        labelNoise: 0,
        seed: 5,
      },
      model: { kind: 'mlp', dense: [4, 2], activation: { name: 'tanh' }, initialization: 'xavier' },
      training: {
        epochs: 1000,
        batchSize: 'full',
        optimizer: { name: 'adam', learningRate: 0.03 },
        schedule: 'constant',
        weightDecay: { name: 'l1', strength: 0.001 },
        gradientClipping: 'none',
        precision: 'float32',
      },
    });
    expect(documentOf({ ...defaults, features: ['x1', 'sinX2'] })).toHaveProperty('data.features', {
      x1: true,
      x2: false,
      x1Squared: false,
      x2Squared: false,
      x1X2: false,
      sinX1: false,
      sinX2: true,
    });
    expect(documentOf(defaults)).not.toHaveProperty('data.features');
  });

  it('chooses an initialization that suits the activation, unless it has one', () => {
    const relu = { ...defaults, activation: 'relu' };
    expect(specOf(documentOf(relu))).toHaveProperty('model.initialization', 'he');
    expect(specOf(documentOf(edited(relu, '/model/initialization', 'lecun')))).toHaveProperty(
      'model.initialization.name',
      'lecun',
    );
  });
});

describe('an edit', () => {
  it('is undone by the settings that have it', () => {
    const changes: [string, Parameters<typeof put>[2]][] = [
      ['/model/activation', { name: 'leaky_relu', slope: 0.2 }],
      ['/training/optimizer', { name: 'adam', learningRate: 0.5, beta1: 0.8 }],
      ['/training/schedule', { name: 'multistep', milestones: [3, 6] }],
      ['/training/labelSmoothing', 0.1],
      ['/training/epochs', undefined],
      ['/model/batchNorm', {}],
      ['/model/batchNorm/position', 'after'],
      ['/data/seed', 9],
    ];
    for (const [pointer, value] of changes) {
      const document = put(documentOf(defaults), pointer, value);
      expect(documentOf(withDocument(defaults, document))).toEqual(document);
    }
  });

  it('keeps what has a control of the page there', () => {
    const next = edited(defaults, '/training/optimizer', { name: 'sgd', learningRate: 0.5 });
    expect(next).toEqual({ ...defaults, optimizer: 'sgd', learningRate: 0.5 });
    expect(edited(defaults, '/model/activation', { name: 'leaky_relu', slope: 0.2 })).toEqual({
      ...defaults,
      activation: 'leaky_relu',
      more: { '/model/activation/slope': 0.2 },
    });
  });

  it('drops the parameters of a technique that is no longer there', () => {
    const multistep = edited(defaults, '/training/schedule', { name: 'multistep', milestones: [3, 6] });
    expect(edited(multistep, '/training/schedule', 'cosine').more).toEqual({ '/training/schedule/name': 'cosine' });
    const leaky = edited(defaults, '/model/activation', { name: 'leaky_relu', slope: 0.2 });
    expect(withChanges(leaky, { activation: 'relu' }).more).toEqual({});
    expect(withChanges(leaky, { activation: 'leaky_relu', noise: 0.2 }).more).toEqual(leaky.more);
  });

  it('of a value that becomes the usual one leaves nothing', () => {
    expect(edited(edited(defaults, '/training/epochs', 50), '/training/epochs', 1000)).toEqual(defaults);
  });

  it('follows the seed until the data have one of their own', () => {
    expect(documentOf(withChanges(defaults, { seed: 4 }))).toHaveProperty('data.seed', 4);
    expect(documentOf(withChanges(edited(defaults, '/data/seed', 9), { seed: 4 }))).toHaveProperty('data.seed', 9);
  });
});

describe('a saved run', () => {
  it('has the epochs so far, or all of a schedule', () => {
    const document = documentOf(defaults);
    expect(epochsToSave(document, 12, 1000)).toBe(12);
    expect(epochsToSave(document, 0, 1000)).toBe(1);
    expect(epochsToSave(put(document, '/training/schedule', { name: 'cosine' }), 12, 1000)).toBe(1000);
    expect(epochsToSave(put(document, '/training/schedule', { name: 'constant', warmup: 5 }), 3, 1000)).toBe(1000);
  });

  it('has every setting', () => {
    const settings = edited(edited(defaults, '/training/labelSmoothing', 0.1), '/model/dropout/dense', 0.2);
    expect(specToSave(documentOf(settings), 'a', 7)).toMatchObject({
      name: 'a',
      model: { dropout: { dense: 0.2 } },
      training: { epochs: 7, labelSmoothing: 0.1 },
    });
  });
});

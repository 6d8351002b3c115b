import { describe, expect, it } from 'vitest';
import { defaults, epochsToSave, readSettings, type Settings, specOf, writeSettings } from './settings';

const others: Settings = {
  dataset: 'spiral',
  samples: 800,
  noise: 0.2,
  labelNoise: 0.05,
  validation: 0.2,
  features: ['x1', 'x1X2', 'sinX2'],
  layers: [8, 6, 2],
  activation: 'relu',
  initialization: 'lecun',
  batchNorm: true,
  dropout: 0.1,
  optimizer: 'sgd',
  learningRate: 0.3,
  batch: 5,
  schedule: 'cosine',
  weightDecay: 'l2',
  strength: 0.01,
  clipping: 'norm',
  epochs: 200,
  seed: 7,
  speed: 50,
};

const round = (settings: Settings) => {
  const search = new URLSearchParams();
  writeSettings(settings, search);
  return search;
};

describe('the address', () => {
  it('has nothing of the defaults, and all of the rest', () => {
    expect(round(defaults).toString()).toBe('');
    expect(readSettings(round(others))).toEqual(others);
    expect([...round(others).keys()].sort()).toEqual(Object.keys(defaults).sort());
  });

  it('keeps a network without hidden layers', () => {
    expect(readSettings(round({ ...defaults, layers: [] })).layers).toEqual([]);
  });

  it('falls back to the default of what it does not understand', () => {
    const search = new URLSearchParams('layers=4-x&features=nothing&noise=many&batch=-5');
    expect(readSettings(search)).toEqual(defaults);
  });
});

describe('specOf', () => {
  it('names features only where they are not the coordinates', () => {
    expect(specOf(defaults, 'a')).not.toHaveProperty('data.features');
    expect(specOf(others, 'a')).toHaveProperty('data.features', {
      x1: true,
      x2: false,
      x1Squared: false,
      x2Squared: false,
      x1X2: true,
      sinX1: false,
      sinX2: true,
    });
  });

  it('chooses an initialization that suits the activation', () => {
    expect(specOf({ ...defaults, activation: 'relu' }, 'a')).toHaveProperty('model.initialization', 'he');
    expect(specOf({ ...defaults, activation: 'tanh' }, 'a')).toHaveProperty('model.initialization', 'xavier');
  });

  it('is saved with the epochs so far, or all of a schedule', () => {
    expect(epochsToSave(defaults, 12)).toBe(12);
    expect(epochsToSave(defaults, 0)).toBe(1);
    expect(epochsToSave(others, 12)).toBe(200);
  });
});

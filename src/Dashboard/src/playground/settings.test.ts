import { describe, expect, it } from 'vitest';
import { defaults, readSettings, type Settings, writeSettings } from './settings';

const others: Settings = {
  dataset: 'spiral',
  samples: 800,
  noise: 0.2,
  labelNoise: 0.05,
  validation: 0.2,
  features: ['x1', 'x1X2', 'sinX2'],
  layers: [8, 6, 2],
  activation: 'relu',
  optimizer: 'sgd',
  learningRate: 0.3,
  batch: 'full',
  weightDecay: 'l2',
  strength: 0.01,
  seed: 7,
  speed: 50,
  more: {
    '/data/dataset/classes': 4,
    '/model/batchNorm': {},
    '/model/initialization/name': 'lecun',
    '/training/epochs': undefined,
    '/training/schedule/name': 'multistep',
    '/training/schedule/milestones': [5, 8],
    '/training/labelSmoothing': 0.1,
    '/training/gradientClipping/maximum': '1e',
    '/training/timeLimitSeconds': null,
    '/model/activation/word': 'true',
    '/model/activation/flag': true,
  },
};

const round = (settings: Settings) => {
  const search = new URLSearchParams();
  writeSettings(settings, search);
  return search;
};

describe('the address', () => {
  it('has nothing of the defaults, and all of the rest', () => {
    expect(round(defaults).toString()).toBe('');
    const { more: _, ...named } = defaults;
    expect([...round({ ...others, more: {} }).keys()].sort()).toEqual(Object.keys(named).sort());
    expect(readSettings(round(others))).toStrictEqual(others);
  });

  it('names members of the spec by their pointers', () => {
    const search = round({ ...defaults, more: others.more });
    expect(search.get('training.schedule.milestones')).toBe('[5,8]');
    expect(search.get('schedule')).toBe('multistep');
    expect(search.get('epochs')).toBe('');
    expect(search.get('model.activation.word')).toBe('"true"');
  });

  it('loses the members that have their defaults again, and nothing of others', () => {
    const search = round(others);
    search.set('lang', 'ko');
    writeSettings(defaults, search);
    expect(search.toString()).toBe('lang=ko');
  });

  it('of a page before there were other settings is understood', () => {
    const search = new URLSearchParams(
      'initialization=lecun&batchNorm=true&dropout=0.1&schedule=cosine&clipping=norm&epochs=200',
    );
    expect(readSettings(search).more).toEqual({
      '/model/initialization/name': 'lecun',
      '/model/batchNorm': true,
      '/model/dropout/dense': 0.1,
      '/training/schedule/name': 'cosine',
      '/training/gradientClipping/name': 'norm',
      '/training/epochs': 200,
    });
  });

  it('keeps a network without hidden layers', () => {
    expect(readSettings(round({ ...defaults, layers: [] })).layers).toEqual([]);
  });

  it('falls back to the default of what it does not understand', () => {
    const search = new URLSearchParams('layers=4-x&features=nothing&noise=many&batch=-5');
    expect(readSettings(search)).toEqual(defaults);
  });
});

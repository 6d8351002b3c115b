// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import golden from '../testing/catalog.golden.json';
import { techniques as english } from './en/techniques';
import { techniques as korean } from './ko/techniques';
import { settingText, techniquesOf, wordAt } from './settings';

const kinds = ['dataset', 'preset', 'initialization', 'activation', 'optimizer', 'schedule', 'weight_decay'];
const named = golden.techniques.filter(
  ({ kind }) => kinds.includes(kind) || kind === 'gradient_clipping' || kind === 'precision',
);

describe('the names of techniques', () => {
  it('are the titles of the catalog, without what they have in parentheses', () => {
    const titles = Object.fromEntries(
      named.map(({ kind, name, title }) => [`${kind}/${name}`, title.replace(/ \(.*$/, '')]),
    );
    expect(english.techniques).toEqual(titles);
  });

  it.each([
    ['English', english],
    ['Korean', korean],
  ])('differ within a kind in %s', (_, { techniques }) => {
    const names = named.map(({ kind, name }) => `${kind}/${techniques[`${kind}/${name}`]}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('wordAt', () => {
  it('names what a spec selects, and leaves other words', () => {
    expect(wordAt('/training/optimizer/name', 'sgd')).toBe('SGD');
    expect(wordAt('/training/optimizer', 'adam')).toBe('Adam');
    expect(wordAt('/model/layers/3/activation/name', 'relu')).toBe('ReLU');
    expect(wordAt('/training/weightDecay/name', 'l2')).toBe('L2 regularization');
    expect(wordAt('/model/kind', 'mlp')).toBe('MLP');
    expect(wordAt('/experiment', 'adam')).toBe('adam');
    expect(wordAt('/training/optimizer/name', 'later')).toBe('later');
  });
});

describe('settingText', () => {
  it('formats every kind of value', () => {
    expect(settingText('/training/epochs', 1e-5)).toBe('1e-5');
    expect(settingText('/training/evaluateTest', true)).toBe('yes');
    expect(settingText('/training/schedule/milestones', [2, 4])).toBe('2, 4');
    expect(settingText('/data/trainLimit', null)).toBe('–');
  });
});

it('names dataset, network and optimizer of a run', () => {
  expect(techniquesOf({ dataset: 'xor', model: 'mlp', optimizer: 'adam' })).toEqual(['XOR', 'MLP', 'Adam']);
  expect(techniquesOf({ dataset: 'cifar-10', model: 'resnet9', optimizer: 'sgd' })).toEqual([
    'CIFAR-10',
    'ResNet-9',
    'SGD',
  ]);
});

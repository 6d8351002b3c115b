import { describe, expect, it } from 'vitest';
import { changesOf, differencesOf, withChanges } from './changes';

const base = {
  name: 'one',
  model: { dense: [8], dropout: { dense: 0 } },
  training: { optimizer: { name: 'adam', learningRate: 0.001 }, timeLimitSeconds: 5 },
};

describe('changes', () => {
  it('lists each member that differs once', () => {
    const changed = {
      name: 'two',
      model: { dense: [8, 8], dropout: { dense: 0.5 } },
      training: { optimizer: { name: 'adam', learningRate: 0.01 } },
    };
    expect(differencesOf(base, changed)).toEqual([
      { path: '/name', before: 'one', after: 'two' },
      { path: '/model/dense', before: [8], after: [8, 8] },
      { path: '/model/dropout/dense', before: 0, after: 0.5 },
      { path: '/training/optimizer/learningRate', before: 0.001, after: 0.01 },
      { path: '/training/timeLimitSeconds', before: 5, after: undefined },
    ]);
  });

  it('treats another technique as one difference', () => {
    const changed = { ...base, training: { ...base.training, optimizer: { name: 'sgd', learningRate: 0.1 } } };
    expect(differencesOf(base, changed).map(({ path }) => path)).toEqual(['/training/optimizer']);
  });

  it('turns one document into the other', () => {
    const changed = { ...base, model: { dense: [4] }, training: { optimizer: { name: 'sgd' } } };
    expect(withChanges(base, changesOf(differencesOf(base, changed)))).toEqual(changed);
    expect(differencesOf(base, structuredClone(base))).toEqual([]);
  });
});

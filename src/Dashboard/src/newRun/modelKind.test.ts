import { describe, expect, it } from 'vitest';
import { withModelKind } from './modelKind';

describe('withModelKind', () => {
  it('keeps what the kind has, and adds what it needs', () => {
    const model = { kind: 'cnn', blocks: [{ filters: 4 }], dense: [8], activation: 'relu', globalPool: 'max' };
    expect(withModelKind({ model }, 'mlp')).toEqual({ model: { kind: 'mlp', dense: [8], activation: 'relu' } });
    expect(withModelKind({ model }, 'preset')).toEqual({
      model: { kind: 'preset', preset: 'mlp-5x100', activation: 'relu' },
    });
    expect(withModelKind({}, 'cnn')).toEqual({ model: { kind: 'cnn', blocks: [{ filters: 16 }, { filters: 32 }] } });
  });
});

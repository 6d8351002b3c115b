import { describe, expect, it } from 'vitest';
import { compact } from './compact';

describe('compact', () => {
  it('leaves out what is not set, at any depth', () => {
    expect(compact({ seed: 0, model: { preset: null, layers: [], blocks: [{ filters: 8, pool: null }] } })).toEqual({
      seed: 0,
      model: { layers: [], blocks: [{ filters: 8 }] },
    });
  });

  it('has a word for null where another value is the default', () => {
    expect(compact({ training: { batchSize: null, observe: null, earlyStopping: null } })).toEqual({
      training: { batchSize: 'full', observe: 'off' },
    });
  });
});

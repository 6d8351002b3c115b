import { describe, expect, it } from 'vitest';
import { at, childOf, put } from './pointer';

const spec = { data: { dataset: 'xor' }, model: { blocks: [{ filters: 16 }, { filters: 32 }] }, 'a/b': 1 };

describe('pointer', () => {
  it('finds members and items', () => {
    expect(at(spec, '')).toBe(spec);
    expect(at(spec, '/model/blocks/1/filters')).toBe(32);
    expect(at(spec, '/a~1b')).toBe(1);
    expect(at(spec, '/model/missing/deep')).toBeUndefined();
    expect(at(spec, '/toString')).toBeUndefined();
  });

  it('escapes slashes in names', () => {
    expect(at(spec, childOf('', 'a/b'))).toBe(1);
    expect(childOf('/x', 'a~b')).toBe('/x/a~0b');
  });

  it('sets a value without changing the original document', () => {
    const changed = put(spec, '/model/blocks/0/filters', 64);
    expect(at(changed, '/model/blocks/0/filters')).toBe(64);
    expect(spec.model.blocks[0]?.filters).toBe(16);
    expect(at(changed, '/data')).toBe(spec.data);
  });

  it('creates missing objects, and removes undefined members', () => {
    expect(put(spec, '/training/epochs', 3)).toMatchObject({ training: { epochs: 3 } });
    expect(put(spec, '/data/dataset', undefined)).toMatchObject({ data: {} });
    expect(put(spec, '/model/blocks/0', undefined)).toMatchObject({ model: { blocks: [{ filters: 32 }] } });
    expect(put(spec, '/training/epochs', undefined)).toEqual(spec);
  });

  it('replaces a string by an object', () => {
    expect(put({ activation: 'relu' }, '/activation/slope', 1)).toEqual({ activation: { slope: 1 } });
  });
});

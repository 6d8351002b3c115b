import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../json/pointer';
import { catalog } from '../testing/catalog';
import { layoutOf } from './layout';
import { isNonDefault } from './nonDefault';

/** Names of the members below /model and /training with non-default values. */
function unusual(spec: Json): string[] {
  return layoutOf(catalog).flatMap((node) => {
    const value = isObject(spec) ? spec[node.name] : undefined;
    return node.type !== 'group' || !isObject(value)
      ? []
      : node.nodes.filter((child) => isNonDefault(child, value[child.name])).map(({ name }) => name);
  });
}

describe('isNonDefault', () => {
  it('is false for the defaults that the service fills in', () => {
    expect(
      unusual({
        data: { trainLimit: null },
        model: { blocks: [], dense: [], batchNorm: null },
        training: { epochs: 5, brandNew: false },
      }),
    ).toEqual([]);
  });

  it('is true for numbers, lists, groups and techniques that are set', () => {
    expect(
      unusual({
        data: { trainLimit: 10 },
        model: { blocks: [{ filters: 8 }], dense: [4], activation: { name: 'relu' }, batchNorm: { momentum: 0.5 } },
        training: { epochs: 6, brandNew: true },
      }).toSorted(),
    ).toEqual(['activation', 'batchNorm', 'blocks', 'brandNew', 'dense', 'epochs', 'trainLimit']);
  });
});

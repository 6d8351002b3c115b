import { describe, expect, it } from 'vitest';
import { catalog } from '../../testing/catalog';
import { type FormNode, isFirst, isRelevant, layoutOf } from './layout';
import { inWords, labelOf, rangeOf } from './names';
import { readTyped, readTypedList, writeTyped } from './typed';

const outline = (nodes: readonly FormNode[]): string[] =>
  nodes.flatMap((node) => [
    `${node.type} ${node.name}`,
    ...('nodes' in node ? outline(node.nodes).map((line) => `  ${line}`) : []),
  ]);

describe('layoutOf', () => {
  it('has a place for every field of the catalog but the version, techniques among them', () => {
    expect(outline(layoutOf(catalog))).toEqual([
      'field name',
      'group data',
      '  technique dataset',
      '  field trainLimit',
      'group model',
      '  field kind',
      '  list blocks',
      '    technique activation',
      '    field filters',
      '    field pool',
      '  technique activation',
      '  numbers dense',
      '  group batchNorm',
      '    field momentum',
      'group training',
      '  field epochs',
      '  technique optimizer',
      '  field brandNew',
    ]);
  });

  it('knows what has a meaning for a kind of network, and nothing against what it does not know', () => {
    expect(isRelevant('/model/blocks', 'cnn')).toBe(true);
    expect(isRelevant('/model/blocks', 'mlp')).toBe(false);
    expect(isRelevant('/model/activation', 'layers')).toBe(false);
    expect(isRelevant('/model/layers/*/layers/*/units', 'dense')).toBe(true);
    expect(isRelevant('/model/layers/*/units', 'conv')).toBe(false);
    expect(isRelevant('/training/brandNew', undefined)).toBe(true);
  });

  it('puts what is needed seldom behind a click', () => {
    expect(isFirst('/training', 'epochs')).toBe(true);
    expect(isFirst('/training', 'brandNew')).toBe(false);
    expect(isFirst('/model/batchNorm', 'momentum')).toBe(true);
  });
});

describe('names', () => {
  it('finds a label by place, by name, or makes one', () => {
    expect(labelOf('/model/dense', 'dense')).toBe('Hidden dense layers');
    expect(labelOf('/x/kind', 'kind')).toBe('Kind');
    expect(inWords('weightDecay')).toBe('Weight decay');
    expect(inWords('fan_in')).toBe('Fan in');
  });

  it('says the range', () => {
    const momentum = catalog.fields.find((field) => field.definition.name === 'momentum')?.definition;
    expect(momentum && rangeOf(momentum)).toBe('above 0, to 1');
    expect(momentum && rangeOf({ ...momentum, minimum: 1e-30, minimumExclusive: false, maximum: 65536 })).toBe(
      '1e-30 to 65,536',
    );
  });
});

describe('typed', () => {
  it.each([
    ['', undefined],
    ['12', 12],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['null', null],
    ['full', 'full'],
    ['1.2.3', '1.2.3'],
    ['0x10', '0x10'],
  ])('%s means %s', (typed, value) => expect(readTyped(typed)).toBe(value));

  it('reads lists, and writes what it reads', () => {
    expect(readTypedList('256, 128 ,x')).toEqual([256, 128, 'x']);
    expect(readTypedList(' ')).toBeUndefined();
    expect(writeTyped([256, 128])).toBe('256, 128');
    expect(writeTyped(1e-8)).toBe('1e-8');
  });
});

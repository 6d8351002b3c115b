import { describe, expect, it } from 'vitest';
import { catalog } from '../../testing/catalog';
import { fieldLabel, humanize } from '../../text/labels';
import { type FormNode, isFirst, isRelevant, layoutOf } from './layout';
import { rangeOf } from './names';
import { readTyped, readTypedList, writeTyped } from './typed';

const outline = (nodes: readonly FormNode[]): string[] =>
  nodes.flatMap((node) => [
    `${node.type} ${node.name}`,
    ...('nodes' in node ? outline(node.nodes).map((line) => `  ${line}`) : []),
  ]);

describe('layoutOf', () => {
  it('has a node for every field and technique of the catalog but the version', () => {
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

  it('knows which members apply to a kind of network, and accepts unknown ones', () => {
    expect(isRelevant('/model/blocks', 'cnn')).toBe(true);
    expect(isRelevant('/model/blocks', 'mlp')).toBe(false);
    expect(isRelevant('/model/activation', 'layers')).toBe(false);
    expect(isRelevant('/model/layers/*/layers/*/units', 'dense')).toBe(true);
    expect(isRelevant('/model/layers/*/units', 'conv')).toBe(false);
    expect(isRelevant('/training/brandNew', undefined)).toBe(true);
  });

  it('collapses rarely used members', () => {
    expect(isFirst('/training', 'epochs')).toBe(true);
    expect(isFirst('/training', 'brandNew')).toBe(false);
    expect(isFirst('/model/batchNorm', 'momentum')).toBe(false);
    expect(isFirst('/model/dropout', 'dense')).toBe(true);
  });
});

describe('names', () => {
  it('finds a label by pointer or by name, or derives one', () => {
    expect(fieldLabel('/model/dense', 'dense')).toBe('Hidden dense layers');
    expect(fieldLabel('/x/kind', 'kind')).toBe('Type');
    expect(humanize('weightDecay')).toBe('Weight decay');
    expect(humanize('fan_in')).toBe('Fan in');
  });

  it('formats the range', () => {
    const momentum = catalog.fields.find((field) => field.definition.name === 'momentum')?.definition;
    expect(momentum && rangeOf(momentum)).toBe('> 0, ≤ 1');
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

  it('parses and formats lists', () => {
    expect(readTypedList('256, 128 ,x')).toEqual([256, 128, 'x']);
    expect(readTypedList(' ')).toBeUndefined();
    expect(writeTyped([256, 128])).toBe('256, 128');
    expect(writeTyped(1e-8)).toBe('1e-8');
  });
});

import { describe, expect, it } from 'vitest';
import { catalog } from '../testing/catalog';
import { type FormNode, isFirst, isRelevant, layoutOf } from './layout';

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

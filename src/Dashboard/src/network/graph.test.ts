import { describe, expect, it } from 'vitest';
import type { LayerRow } from '../api/types';
import { drawingOf, sizes, weightedLayers, wrapped } from './graph';

const row = (name: string, kind: string, settings = ''): LayerRow => ({
  name,
  kind,
  arguments: {},
  settings,
  input: [8, 4, 4],
  output: [8, 4, 4],
  parameters: 0,
  flops: 0,
  outputBytes: 0,
});

describe('drawingOf', () => {
  it('lays out layers from top to bottom with edges between them', () => {
    const { layers, height, shortcuts } = drawingOf(
      [row('conv1', 'conv', '8 filters'), row('relu1', 'activation')],
      40,
    );
    expect(layers[0]?.top).toBe(sizes.terminal + sizes.edge);
    expect(layers[1]?.top).toBe((layers[0]?.top ?? 0) + (layers[0]?.height ?? 0) + sizes.edge);
    expect(height).toBe((layers[1]?.top ?? 0) + (layers[1]?.height ?? 0) + sizes.edge + sizes.terminal);
    expect(shortcuts).toEqual([]);
  });

  it('draws a shortcut from before the first inner layer to the addition', () => {
    const rows = [
      row('conv1', 'conv'),
      row('residual1.conv2', 'conv'),
      row('residual1', 'residual'),
      row('d', 'dense'),
    ];
    const { layers, shortcuts } = drawingOf(rows, 40);
    const [, inner, addition] = layers;
    expect(shortcuts).toHaveLength(1);
    expect(shortcuts[0]?.from).toBeLessThan(inner?.top ?? 0);
    expect(shortcuts[0]?.from).toBeGreaterThan((inner?.top ?? 0) - sizes.edge);
    expect(shortcuts[0]?.to).toBe((addition?.top ?? 0) + (addition?.height ?? 0) / 2);
  });

  it('draws an outer shortcut around an inner one, and distinguishes residual1 from residual10', () => {
    const rows = [
      row('residual1.residual2.conv1', 'conv'),
      row('residual1.residual2', 'residual'),
      row('residual1', 'residual'),
      row('residual10.conv2', 'conv'),
      row('residual10', 'residual'),
    ];
    const { shortcuts, lanes } = drawingOf(rows, 40);
    expect(shortcuts.map(({ name, lane }) => [name, lane])).toEqual([
      ['residual1.residual2', 0],
      ['residual1', 1],
      ['residual10', 0],
    ]);
    expect(lanes).toBe(2);
  });
});

describe('weightedLayers', () => {
  it('counts neither activations nor what shapes or normalizes', () => {
    const kinds = ['conv', 'batch_norm', 'activation', 'pool', 'flatten', 'dense', 'dropout', 'dense'];
    expect(weightedLayers(kinds.map((kind) => ({ kind }) as LayerRow))).toBe(3);
  });
});

describe('wrapped', () => {
  it('wraps between settings, never inside one', () => {
    expect(wrapped('16 filters 3x3, stride 1, padding 1, he_normal', 26)).toEqual([
      '16 filters 3x3, stride 1',
      'padding 1, he_normal',
    ]);
    expect(wrapped('8 units, he(distribution=normal, mode=fan_in)', 30)).toEqual([
      '8 units',
      'he(distribution=normal, mode=fan_in)',
    ]);
    expect(wrapped('a_setting_without_end', 5)).toEqual(['a_setting_without_end']);
    expect(wrapped('', 5)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { columnsOf, layoutOf } from './networkLayout';
import { frameAt, openedAt } from './testing/ScriptedPlayground';

const { inputs } = openedAt();
const { layers, weights } = frameAt(0);

describe('layoutOf', () => {
  const columns = columnsOf(inputs, layers, 2);
  const layout = layoutOf(columns, weights, 600);

  it('has a place for each unit within the picture', () => {
    expect(columns.map(({ drawn }) => drawn)).toEqual([2, 4, 2, 2]);
    expect(layout.units).toHaveLength(10);
    for (const { x, y } of layout.units) {
      expect(x).toBeGreaterThanOrEqual(layout.unit / 2);
      expect(x).toBeLessThanOrEqual(600 - layout.unit / 2);
      expect(y).toBeGreaterThanOrEqual(layout.unit / 2);
      expect(y).toBeLessThanOrEqual(layout.height - layout.unit / 2);
    }
  });

  it('draws each weight from its input to its unit', () => {
    expect(layout.connections).toHaveLength(2 * 4 + 4 * 2 + 2 * 2);
    expect(layout.connections.find(({ key }) => key === '1 2 0')?.weight).toBe(-1);
  });

  it('draws no weights where an activation joins units', () => {
    // Maxout: four rows of weights, in pieces of two, for each two units.
    const joined = [2, 2, 2, 2].map((units) => ({ units, drawn: units }));
    const maxout = weights.map((layer) =>
      layer.name === 'dense2'
        ? {
            ...layer,
            weights: [
              [1, 1],
              [1, 1],
            ],
          }
        : layer,
    );
    const lines = layoutOf(joined, maxout, 600).connections;
    expect(lines.filter(({ key }) => key.startsWith('0 '))).toHaveLength(0);
    expect(lines.filter(({ key }) => key.startsWith('1 '))).toHaveLength(4);
  });

  it('draws the weights of the units that are drawn', () => {
    const cut = columns.map((column, index) => (index === 1 ? { units: 4, drawn: 3 } : column));
    expect(layoutOf(cut, weights, 600).connections).toHaveLength(2 * 3 + 3 * 2 + 2 * 2);
  });
});

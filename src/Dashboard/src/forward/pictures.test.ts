import { describe, expect, it } from 'vitest';
import { emptyDrawing, inkOf as ink, paintLine, paintSpot } from './brush';
import { filterPixels, gridOf, inkOf, pictureOf, pixelsOf, valueAt, valueColor } from './pictures';
import { placeIn } from './place';
import { base64, corner, pass, pooled } from './testing/passes';
import { partsOf } from './WindowSum';

const layer = (low: number, high: number, ...bytes: number[]) => ({
  name: 'dense1',
  kind: 'dense',
  from: 'input',
  shape: [bytes.length],
  window: null,
  low,
  high,
  maps: [base64(...bytes)],
  values: null,
});

describe('pictures', () => {
  it('have white at zero, and one scale on both sides of it', () => {
    const picture = pictureOf(layer(-1, 3, 0, 255), 0);
    expect(picture && [valueAt(picture, 0), valueAt(picture, 1)]).toEqual([-1, 3]);
    expect(picture && [...pixelsOf(picture)]).toEqual([241, 201, 170, 255, 0, 114, 178, 255]);
    expect(valueColor(0, 3)).toBe('rgb(255, 255, 255)');
    expect(valueColor(0, 0)).toBe('rgb(255, 255, 255)');
  });

  it('draw few units in a column, many in a block whose last row is not full', () => {
    expect(gridOf({ shape: [10] })).toEqual([10, 1]);
    expect(gridOf({ shape: [30] })).toEqual([5, 6]);
    expect(gridOf({ shape: [4, 7, 5] })).toEqual([7, 5]);
    const [rows, columns] = gridOf({ shape: [17] });
    const picture = pictureOf(layer(0, 1, ...Array<number>(17).fill(255)), 0);
    const alpha = [...(picture === null ? [] : pixelsOf(picture))].filter((_, index) => index % 4 === 3);
    expect(alpha.filter((one) => one === 255)).toHaveLength(17);
    expect(alpha).toHaveLength(rows * columns);
  });

  it('draw filters of three channels in colour', () => {
    const bank = { layer: 'conv1', channels: 3, kernel: 1, scale: 1, filters: [] };
    expect([...filterPixels(bank, base64(255, 128, 1))]).toEqual([255, 128, 1, 255]);
    expect([...filterPixels({ ...bank, channels: 1 }, base64(128))]).toEqual([255, 255, 255, 255]);
  });

  it('have legible numbers on the ends of the colours', () => {
    expect([inkOf(1, 1), inkOf(-1, 1), inkOf(0, 1)]).toEqual(['#fff', '#000', '#000']);
  });
});

describe('sums', () => {
  it('run on from channel to channel', () => {
    const second = {
      ...corner,
      terms: [...corner.terms, ...corner.terms.map((term) => ({ ...term, channel: 1, weight: -1 }))],
    };
    expect(partsOf(second).map(({ channel, sum, total }) => [channel, sum, total])).toEqual([
      [0, 0.5, 0.5],
      [1, -2, -1.5],
    ]);
    expect(partsOf(pooled)).toHaveLength(1);
  });
});

describe('a place', () => {
  it('is within the network', () => {
    expect(placeIn(pass, null)).toEqual({ layer: 'conv1', channel: 0, row: 1, column: 1 });
    expect(placeIn(pass, { layer: 'conv1', channel: 9, row: 9, column: 9 })).toEqual({
      layer: 'conv1',
      channel: 1,
      row: 2,
      column: 2,
    });
    expect(placeIn(pass, { layer: 'unknown', channel: 9, row: 9, column: 9 })).toEqual({
      layer: 'conv1',
      channel: 0,
      row: 1,
      column: 1,
    });
    expect(placeIn(pass, { layer: 'softmax', channel: 9, row: 0, column: 0 })).toEqual({
      layer: 'softmax',
      channel: 1,
      row: 0,
      column: 0,
    });
  });
});

describe('a drawing', () => {
  it('has soft spots within its borders', () => {
    const drawing = emptyDrawing([1, 4, 4]);
    paintSpot(drawing, 0.5, 0.5, 0.5, [200]);
    expect([...drawing.values.slice(0, 4)]).toEqual([200, 100, 0, 0]);
    paintSpot(drawing, 0.5, 0.5, 0.5, [0]);
    expect(drawing.values[0]).toBe(0);
  });

  it('has lines without gaps, in colour', () => {
    const drawing = emptyDrawing([3, 1, 5]);
    paintLine(drawing, [0.5, 0.5], [4.5, 0.5], 0.5, ink('#ff8000', 3));
    expect([...drawing.values].filter((_, index) => index % 3 === 0)).toEqual([255, 255, 255, 255, 255]);
    expect([...drawing.values].filter((_, index) => index % 3 === 2)).toEqual([0, 0, 0, 0, 0]);
    expect(ink('#4060ff', 1)).toEqual([255]);
  });
});

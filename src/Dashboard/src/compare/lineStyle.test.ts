import { describe, expect, it } from 'vitest';
import { lineStyle } from './lineStyle';

const sign = (index: number) => JSON.stringify(lineStyle(index));

describe('lineStyle', () => {
  it('has distinct styles for the first 32 runs', () => {
    expect(new Set(Array.from({ length: 32 }, (_, index) => sign(index))).size).toBe(32);
  });

  it('distinguishes neighbours, and runs of one colour, without colour', () => {
    for (let index = 0; index < 24; index++) {
      const { dash, marker } = lineStyle(index);
      for (const other of [lineStyle(index + 1), lineStyle(index + 8)]) {
        expect(other.dash).not.toEqual(dash);
        expect(other.marker).not.toBe(marker);
      }
    }
  });
});

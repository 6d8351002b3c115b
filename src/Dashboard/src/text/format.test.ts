import { describe, expect, it } from 'vitest';
import { ago, bytes, duration, flop, integer, loss, percent, percentTick, shape, tick } from './format';

describe('format', () => {
  it.each([
    [0, '0.0 s'],
    [0.0002, '1 ms'],
    [0.04, '40 ms'],
    [0.1, '0.1 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [7_500, '2 h 5 min'],
    [273_600, '3 d 4 h'],
    [null, '–'],
  ])('duration %s is %s', (seconds, expected) => expect(duration(seconds)).toBe(expected));

  it.each([
    [1.23456, '1.235'],
    [0.5, '0.5000'],
    [0.012345, '0.01235'],
    [0.00001234, '1.23e-5'],
    [0, '0.000'],
    [undefined, '–'],
    [9.227e33, '9.23e33'],
  ])('loss %s is %s', (value, expected) => expect(loss(value)).toBe(expected));

  it.each([
    [999, '999 B'],
    [12_345, '12.3 kB'],
    [3_400_000, '3.4 MB'],
  ])('bytes %s is %s', (value, expected) => expect(bytes(value)).toBe(expected));

  it.each([
    [0, '0 FLOP'],
    [950, '950 FLOP'],
    [6.5e10, '65 GFLOP'],
    [1.14e16, '11.4 PFLOP'],
    [3e25, '30000 ZFLOP'],
  ])('operations %s are %s', (value, expected) => expect(flop(value)).toBe(expected));

  it('formats short ticks', () => {
    expect([0, 0.5, 1.5, 0.0009, 0.00015, 0.0000123, 1e-6, 120, 3e23].map(tick)).toEqual([
      '0',
      '0.5',
      '1.5',
      '0.0009',
      '0.00015',
      '1.23e-5',
      '1e-6',
      '120',
      '3e23',
    ]);
    expect([2.3, 2.304, 2.306].map(tick)).toEqual(['2.3', '2.304', '2.306']);
    expect([1.25e-6, 1.26e-6].map(tick)).toEqual(['1.25e-6', '1.26e-6']);
    expect([0.9985, 0.999].map(percentTick)).toEqual(['99.85%', '99.9%']);
    expect([0, 0.8, 0.995].map(percentTick)).toEqual(['0%', '80%', '99.5%']);
  });

  it('formats integers, shares and shapes', () => {
    expect(integer(12_345)).toBe('12,345');
    expect(percent(0.91234)).toBe('91.23%');
    expect(shape([32, 14, 14])).toBe('32 × 14 × 14');
  });

  it('formats relative times', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(ago('2026-11-21T11:59:30Z', now)).toBe('just now');
    expect(ago('2026-11-21T11:57:00Z', now)).toBe('3 min. ago');
    expect(ago('2026-11-21T09:00:00Z', now)).toBe('3 hr. ago');
    expect(ago('2026-11-20T11:00:00Z', now)).toBe('yesterday');
  });
});

import { describe, expect, it } from 'vitest';
import { readTyped, readTypedList, writeTyped } from './typed';

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

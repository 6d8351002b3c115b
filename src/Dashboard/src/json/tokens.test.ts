import { describe, expect, it } from 'vitest';
import { jsonTokens } from './tokens';

describe('jsonTokens', () => {
  const json = JSON.stringify({ 'a "b"': [1, -2.5e-3, 'x: 1, "y"'], c: null, d: { e: true } }, null, 2);

  it('covers the whole text', () => {
    expect(
      jsonTokens(json)
        .map((token) => token.text)
        .join(''),
    ).toBe(json);
  });

  it('distinguishes keys, strings, numbers and literals', () => {
    const of = (kind: string) =>
      jsonTokens(json)
        .filter((token) => token.kind === kind)
        .map((token) => token.text);
    expect(of('key')).toEqual(['"a \\"b\\""', '"c"', '"d"', '"e"']);
    expect(of('string')).toEqual(['"x: 1, \\"y\\""']);
    expect(of('number')).toEqual(['1', '-0.0025']);
    expect(of('word')).toEqual(['null', 'true']);
  });
});

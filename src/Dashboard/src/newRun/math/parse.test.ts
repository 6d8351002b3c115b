import { describe, expect, it } from 'vitest';
import golden from '../../testing/catalog.golden.json';
import { formulas as korean } from '../../text/ko/catalog/names';
import { type MathNode, parseFormula } from './parse';

const write = ({ tag, text, children = [] }: MathNode): string =>
  tag === 'mspace' ? ' ' : `<${tag}>${text ?? children.map(write).join('')}</${tag}>`;
const mathOf = (formula: string) => parseFormula(formula)?.map(write) ?? null;
const textOf = ({ text = '', children = [] }: MathNode): string => text + children.map(textOf).join('');

describe('parseFormula', () => {
  it('writes assignments, subscripts and exponents', () => {
    expect(mathOf('G <- b2 G + g^2')).toEqual([
      '<mrow><mi>G</mi><mo>←</mo><mrow><msub><mi>b</mi><mn>2</mn></msub> <mi>G</mi></mrow><mo>+</mo><msup><mi>g</mi><mn>2</mn></msup></mrow>',
    ]);
    expect(mathOf('n_in')).toEqual(['<msub><mi>n</mi><mi>in</mi></msub>']);
    expect(mathOf('b1^t')).toEqual(['<msubsup><mi>b</mi><mn>1</mn><mi>t</mi></msubsup>']);
    expect(mathOf('u_(t+1)')).toEqual(['<msub><mi>u</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msub>']);
    expect(mathOf('0.96^(0.004 t)')).toEqual(['<msup><mn>0.96</mn><mrow><mn>0.004</mn> <mi>t</mi></mrow></msup>']);
  });

  it('makes fractions of whole products, without the parentheses that they replace', () => {
    expect(mathOf('a g / (sqrt(G) + e)')).toEqual([
      '<mfrac><mrow><mi>a</mi> <mi>g</mi></mrow><mrow><msqrt><mi>G</mi></msqrt><mo>+</mo><mi>e</mi></mrow></mfrac>',
    ]);
    expect(mathOf('1 / 2 g')).toEqual(['<mrow><mfrac><mn>1</mn><mn>2</mn></mfrac> <mi>g</mi></mrow>']);
  });

  it('knows functions, norms, floors and sizes', () => {
    expect(mathOf('max(0, x)')).toEqual([
      '<mrow><mi>max</mi><mo>\u2061</mo><mrow><mo>(</mo><mrow><mn>0</mn><mo>,</mo><mi>x</mi></mrow><mo>)</mo></mrow></mrow>',
    ]);
    expect(mathOf('|g|')).toEqual(['<mrow><mo>|</mo><mi>g</mi><mo>|</mo></mrow>']);
    expect(mathOf('floor(t)')).toEqual(['<mrow><mo>⌊</mo><mi>t</mi><mo>⌋</mo></mrow>']);
    expect(mathOf('size x size')).toEqual(['<mrow><mi>size</mi><mo>×</mo><mi>size</mi></mrow>']);
    expect(mathOf('W x + b')?.[0]).toContain('<mi>x</mi>');
  });

  it('keeps words as text, with their spaces, and has a line for each statement', () => {
    expect(mathOf('x if x > 0, else slope x')?.[0]).toMatch(
      /<mtext>\u00a0if\u00a0<\/mtext>.*<mtext>\u00a0else\u00a0<\/mtext>/,
    );
    expect(mathOf('v <- r v; w <- w + v')).toHaveLength(2);
    expect(mathOf('k는 클래스 번호')).toEqual(['<mrow><mi>k</mi><mtext>는\u00a0클래스\u00a0번호</mtext></mrow>']);
  });

  it.each(['(a', 'a)', 'a /', 'x ^', 'a # b', '|g'])('refuses %s', (formula) =>
    expect(parseFormula(formula)).toBeNull(),
  );

  it('reads every formula of the catalog, in both languages, without losing a letter', () => {
    const all = [
      ...golden.techniques
        .filter(({ kind }) => !['preset', 'precision', 'augmentation'].includes(kind))
        .flatMap(({ kind, name, formula }) => (formula === null ? [] : [[`${kind}/${name}`, formula] as const])),
      ...Object.entries(korean).filter(([key]) => !/^(?:preset|precision|augmentation)\//.test(key)),
    ];
    expect(all.length).toBeGreaterThan(80);
    const names: Record<string, string> = { alpha: 'α', epsilon: 'ε', pi: 'π', Phi: 'Φ', sqrt: '', floor: '' };
    const kept = (text: string) => text.replaceAll(/[^\p{L}\p{N}]|x/gu, '');
    for (const [where, formula] of all) {
      const source = formula.replaceAll(
        /\b(?:alpha|epsilon|pi|Phi)\b|sqrt(?=\()|floor(?=\()/g,
        (name) => names[name] ?? name,
      );
      expect(kept(parseFormula(formula)?.map(textOf).join('') ?? `${where} was refused`), where).toBe(kept(source));
    }
  });
});

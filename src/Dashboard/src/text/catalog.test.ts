// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { catalog } from '../testing/catalog';
import golden from '../testing/catalog.golden.json';
import { type CatalogTranslation, fieldText, parameterText, techniqueText, translateCatalog } from './catalog';
import { catalog as korean } from './ko/catalog';

/** Every explanation of the catalog as [where, English, Korean]. The browser tests compare the golden file with the service. */
const explanations = [
  ...golden.techniques.flatMap((technique) => [
    [
      `${technique.kind}/${technique.name}`,
      technique.explanation,
      techniqueText(korean, technique as Parameters<typeof techniqueText>[1]),
    ] as const,
    ...Object.entries(technique.parameters).map(
      ([name, explanation]) =>
        [
          `${technique.kind}/${technique.name}/${name}`,
          explanation,
          parameterText(korean, technique as Parameters<typeof parameterText>[1], name),
        ] as const,
    ),
  ]),
  ...Object.entries(golden.fields).map(
    ([pointer, explanation]) => [pointer, explanation, fieldText(korean, pointer)] as const,
  ),
];

describe('the Korean catalog', () => {
  it('explains everything in the catalog', () => {
    expect(explanations.length).toBeGreaterThan(250);
    expect(explanations.filter(([, , translation]) => translation === undefined).map(([where]) => where)).toEqual([]);
  });

  it('is written in Korean', () => {
    expect(
      explanations.filter(([, , translation]) => !/[가-힣]/.test(translation ?? '')).map(([where]) => where),
    ).toEqual([]);
  });

  it('differs wherever the English differs', () => {
    const english = new Map<string, string>();
    const mixed = explanations.filter(([, explanation, translation]) => {
      const before = english.get(translation ?? '');
      english.set(translation ?? '', explanation);
      return before !== undefined && before !== explanation;
    });
    expect(mixed.map(([where]) => where)).toEqual([]);
  });

  it('names every technique, except by proper names', () => {
    const proper =
      /^(?:[A-Z]\S*[A-Z0-9]\S*|Adam|Xavier|He|Leaky ReLU|Nesterov|Lion|Muon|Maxout|LeCun|MLP 5 × 100|bfloat16)(?: \([^)]+\))?$/;
    const untranslated = golden.techniques.filter(
      ({ kind, name, title }) => korean.titles[`${kind}/${name}`] === undefined && !proper.test(title),
    );
    expect(untranslated.map(({ title }) => title)).toEqual([]);
  });

  it('translates the words in formulas and in sources that are no publications', () => {
    // Symbols, functions and parameters of formulas.
    const symbols =
      /\b(?:alpha|clip|cutout|depth|dilation|epsilon|exp|factor|filters|flip|floor|form|gain|iterations|kernel|limit|max|maximum|min|minimum|noise|orthogonal|output|padding|paper|pytorch|rate|rise|rows|columns|scale|scores|shift|sign|size|slope|sqrt|start|stride|strength|tanh|target|units|variance|width|every|classes|xor|momentum|running|batch|mean|Var|Phi|std|cos|sin|one|hot|end|bfloat16|float32|labelSmoothing|minimumChange|patience|crop|training|weightDecay)\b/g;
    const words = golden.techniques.filter(
      ({ kind, name, formula }) =>
        korean.formulas[`${kind}/${name}`] === undefined && /[A-Za-z]{3,}/.test((formula ?? '').replace(symbols, '')),
    );
    expect(words.map(({ name, formula }) => `${name}: ${formula}`)).toEqual([]);
    const sources = golden.techniques.filter(
      ({ source }) => !/\d{4}|^torch\./.test(source) && !(source in korean.sources),
    );
    expect(sources.map(({ source }) => source)).toEqual([]);
  });

  it('has no unused names, formulas or sources', () => {
    const keys = new Set(golden.techniques.map(({ kind, name }) => `${kind}/${name}`));
    const known = new Set(golden.techniques.map(({ source }) => source));
    expect([...Object.keys(korean.titles), ...Object.keys(korean.formulas)].filter((key) => !keys.has(key))).toEqual(
      [],
    );
    expect(Object.keys(korean.sources).filter((source) => !known.has(source))).toEqual([]);
  });

  it('has no unused explanations', () => {
    const used = new Set(explanations.map(([, , translation]) => translation));
    const all = [korean.techniques, korean.parameters, korean.fields].flatMap((translation) =>
      Object.entries(translation),
    );
    expect(all.filter(([, translation]) => !used.has(translation)).map(([key]) => key)).toEqual([]);
  });
});

describe('translateCatalog', () => {
  it('uses the most specific translation, and keeps the English without one', () => {
    const translation: CatalogTranslation = {
      titles: { 'optimizer/adam': 'Adam?' },
      formulas: {},
      sources: {},
      techniques: { 'optimizer/adam': 'Adam!' },
      parameters: { learningRate: 'wide', 'optimizer/sgd/learningRate': 'narrow', epochs: 'by name' },
      fields: { '/name': 'by pointer' },
    };
    const { techniques, fields } = translateCatalog(translation, catalog);
    const technique = (name: string) => techniques.find((one) => one.name === name);
    expect(technique('adam')?.explanation).toBe('Adam!');
    expect(technique('adam')?.title).toBe('Adam?');
    expect(technique('adam')?.parameters[0]?.explanation).toBe('wide');
    expect(technique('sgd')?.explanation).toBe('What sgd is.');
    expect(technique('sgd')?.parameters[0]?.explanation).toBe('narrow');
    const field = (pointer: string) => fields.find((one) => one.pointer === pointer)?.definition.explanation;
    expect(field('/name')).toBe('by pointer');
    expect(field('/training/epochs')).toBe('by name');
    expect(field('/training/brandNew')).toBe('What brandNew does.');
  });
});

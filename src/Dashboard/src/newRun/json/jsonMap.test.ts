import { describe, expect, it } from 'vitest';
import { lineOf, placeOf, readJson } from './jsonMap';
import { writeJson } from './writeJson';

describe('readJson', () => {
  it.each(['{}', '[]', ' {"a": [1, -2.5e-3, true, null, "x\\n\\u00e9\\""], "b": {"c": {}}} ', '"한국어"', '0'])(
    'reads %s as the browser does',
    (json) => {
      const reading = readJson(json);
      expect(reading.ok && reading.value).toEqual(JSON.parse(json));
    },
  );

  it.each([
    ['', 'end', 0],
    ['{', 'end', 1],
    ['{"a" 1}', 'colon', 5],
    ['{"a": }', 'value', 6],
    ['{"a": 1,}', 'name', 8],
    ['{"a": 1 "b": 2}', 'separator', 8],
    ['[1 2]', 'separator', 3],
    ['{"a": "x}', 'string', 6],
    ['{"a": "tab\there"}', 'string', 6],
    ['{"a": 01}', 'separator', 7],
    ['{"a": -}', 'number', 6],
    ['{"a": 1, "a": 2}', 'duplicate', 9],
    ['{} x', 'rest', 3],
    ['NaN', 'value', 0],
    [`${'['.repeat(40)}`, 'depth', 33],
  ])('refuses %s: %s at %d', (json, problem, offset) => {
    expect(readJson(json)).toEqual({ ok: false, problem, offset });
  });

  it('knows where each value is', () => {
    const json = '{\n  "a": {\n    "b": [10, 20]\n  }\n}';
    const reading = readJson(json);
    if (!reading.ok) {
      throw new Error(reading.problem);
    }
    const span = placeOf(reading.places, '/a/b/1');
    expect(json.slice(span?.start, span?.end)).toBe('20');
    expect(lineOf(json, span?.start ?? 0)).toEqual({ line: 3, column: 15 });
    // What is missing is where its nearest parent is.
    expect(placeOf(reading.places, '/a/missing/deep')).toBe(reading.places.get('/a'));
  });

  it('does not take __proto__ for more than a name', () => {
    const reading = readJson('{"__proto__": {"x": 1}}');
    expect(reading.ok && Object.keys(reading.value as object)).toEqual(['__proto__']);
  });
});

describe('writeJson', () => {
  it('writes short things on one line, and what it writes can be read', () => {
    const value = {
      name: 'x',
      model: { kind: 'cnn', blocks: [{ filters: 16 }], text: 'y'.repeat(60) },
      training: { epochs: 5, batchSize: 128, optimizer: 'adam' },
      empty: {},
      none: [],
    };
    const json = writeJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).toContain('"blocks": [{ "filters": 16 }]');
    // The text alone is longer than a line.
    expect(json.split('\n').filter((line) => line.length > 62)).toHaveLength(1);
    expect(json).toContain('"optimizer": "adam"\n');
  });
});

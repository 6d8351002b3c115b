import { describe, expect, it } from 'vitest';
import { lineOf, nodeAt, readJson } from './parse';
import { writeJson } from './writeJson';

describe('readJson', () => {
  it.each(['{}', '[]', ' {"a": [1, -2.5e-3, true, null, "x\\n\\u00e9\\""], "b": {"c": {}}} ', '"한국어"', '0'])(
    'parses %s like JSON.parse',
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
    ['{"a": -}', 'value', 6],
    ['{"a": 1.}', 'number', 6],
    ['{"a": 1, "a": 2}', 'duplicate', 9],
    ['{} x', 'rest', 3],
    ['NaN', 'value', 0],
    [`${'['.repeat(40)}${']'.repeat(40)}`, 'depth', 33],
    ['{} // comment', 'comment', 3],
  ])('rejects %s: %s at %d', (json, problem, offset) => {
    expect(readJson(json)).toEqual({ ok: false, problem, offset });
  });

  it('finds the position of each value', () => {
    const json = '{\n  "a": {\n    "b": [10, 20]\n  }\n}';
    const reading = readJson(json);
    if (!reading.ok) {
      throw new Error(reading.problem);
    }
    const { offset, length } = nodeAt(reading.root, '/a/b/1');
    expect(json.slice(offset, offset + length)).toBe('20');
    expect(lineOf(json, offset)).toEqual({ line: 3, column: 15 });
    // A missing value is at its nearest ancestor.
    expect(nodeAt(reading.root, '/a/missing/deep')).toBe(nodeAt(reading.root, '/a'));
  });

  it('treats __proto__ as an ordinary name', () => {
    const reading = readJson('{"__proto__": {"x": 1}}');
    expect(reading.ok && Object.keys(reading.value as object)).toEqual(['__proto__']);
  });
});

describe('writeJson', () => {
  it('formats short values on one line, as valid JSON', () => {
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

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const repository = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, repository), 'utf8');

/** The rows of the table of Korean terms: the words that are refused, by the term. */
const table = read('CONTRIBUTING.md').split('### In Korean')[1] ?? '';
const refused = table
  .split('\n')
  .filter((line) => /^\| .* \|$/.test(line))
  .slice(1)
  .flatMap((line) => {
    const [, term = '', korean = '', not = ''] = line.split('|').map((cell) => cell.trim());
    const words = not.split(', ').filter((word) => word !== '' && word !== '층 by itself');
    return words.map((word) => ({ term, korean, word }));
  });

/** Where 층 is the word for a layer: in compounds, and where layers are counted. */
const layers =
  /(?:은닉|출력|입력|합성곱|완전연결|단|다|계)층|(?:\d|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|백) ?층/g;

/** Words between the dollars of a formula that are left in English; names of methods and indices stay. */
const englishInFormula = /\\text\{[^}]*\b(?!in\b|out\b)[a-z]{2,}/;

const filesOf = (folder: string, name: RegExp): readonly string[] =>
  readdirSync(new URL(folder, repository), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => `${folder}/${file}`);

const texts = [
  ...filesOf('src/Dashboard/src/text/ko', /\.ts$/),
  ...filesOf('lessons', /\/(?:ko\.md|lesson\.json)$/),
].map((path) => ({ path, lines: read(path).split('\n') }));

/** The lines that match, as "file:line: text". */
const lines = (isWrong: (line: string) => boolean): readonly string[] =>
  texts.flatMap(({ path, lines: all }) =>
    all.flatMap((line, index) => (isWrong(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );

describe('Korean terms', () => {
  it('are read from the table and the texts', () => {
    expect(refused.map(({ word }) => word)).toContain('잡음');
    expect(texts.filter(({ path }) => path.endsWith('/ko.md')).length).toBeGreaterThan(20);
    expect(texts.filter(({ path }) => path.endsWith('.ts')).length).toBeGreaterThan(20);
  });

  it.each(refused)('$term is $korean, not $word', ({ word }) => {
    expect(lines((line) => line.includes(word))).toEqual([]);
  });

  it('a layer is 레이어, or 층 in a compound or after a number', () => {
    expect(lines((line) => line.replace(layers, '').includes('층'))).toEqual([]);
  });

  it('formulas have no English words', () => {
    expect(lines((line) => englishInFormula.test(line))).toEqual([]);
  });
});

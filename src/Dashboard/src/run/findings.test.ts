import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ko } from '../text/ko';

const folder = '../Trainer/Diagnosis';
const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
const found = (pattern: RegExp) => [
  ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))),
];

describe('the diagnosis in Korean', () => {
  it('knows every rule of the trainer', () => {
    const rules = found(/string Name => "(\w+)"/g);
    expect(rules.length).toBeGreaterThan(8);
    expect(
      rules.filter(
        (rule) =>
          !(rule in ko.findings.rules && rule in (ko.said?.diagnosis ?? {}) && rule in (ko.findings.meanings ?? {})),
      ),
    ).toEqual([]);
  });

  it('knows everything that the trainer measures for it', () => {
    const measures = found(/Measured\(\s*"(\w+)"/g);
    expect(measures.length).toBeGreaterThan(20);
    expect(measures.filter((measure) => !(measure in ko.findings.measures))).toEqual([]);
  });
});

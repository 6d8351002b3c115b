import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ko } from '../text/ko';

const folder = '../Trainer/Diagnosis';
const rules = readFileSync('../Specs/Events/Diagnosis/DiagnosisRules.cs', 'utf8');
const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
const found = (pattern: RegExp, sources: readonly string[]) => [
  ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))),
];

describe('the diagnosis in Korean', () => {
  it('has every rule', () => {
    const names = found(/const string \w+ = "(\w+)"/g, [rules]);
    expect(names.length).toBeGreaterThan(8);
    expect(
      names.filter((rule) => !(rule in ko.findings.rules && rule in (ko.serverMessages?.diagnosis ?? {}))),
    ).toEqual([]);
  });

  it('has a name for every measured quantity', () => {
    const measures = found(/Measured\(\s*"(\w+)"/g, sources);
    expect(measures.length).toBeGreaterThan(20);
    expect(measures.filter((measure) => !(measure in ko.findings.measures))).toEqual([]);
  });
});

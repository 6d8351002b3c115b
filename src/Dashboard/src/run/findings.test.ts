import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ko } from '../text/ko';
import { text } from '../text/text';
import { evidenceOf, formatOf, measureOf, statisticOf } from './measures';

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
    expect(
      measures.filter((measure) => statisticOf(measure) === undefined && !(measure in ko.findings.measures)),
    ).toEqual([]);
  });
});

describe('the evidence of a finding', () => {
  const measured = (name: string, layer: string | null, value: number | null, epoch = 0) => ({
    name,
    layer,
    epoch,
    value,
    unit: null,
    limit: null,
  });

  it('groups what was measured in several layers at once', () => {
    const norms = [measured('output_gradient_norm', 'a', 1e-5), measured('output_gradient_norm', 'b', 0.1)];
    const others = [measured('train_loss', null, 2), measured('weight_std', 'a', 0), measured('weight_std', 'b', 1, 1)];
    expect(evidenceOf([...norms, ...others])).toEqual({
      layers: [
        {
          name: 'output_gradient_norm',
          epoch: 0,
          limit: null,
          values: [
            { layer: 'a', value: 1e-5 },
            { layer: 'b', value: 0.1 },
          ],
        },
      ],
      others,
    });
  });

  it('has the name and the format of the layer statistic that is the same quantity', () => {
    expect(measureOf('parameter_gradient_norm')).toBe(text.observed.statistics['gradient-norm']);
    expect(measureOf('output_gradient_norm')).toBe(text.observed.statistics['activation-gradient']);
    expect(formatOf('dead_share')(0.65625)).toBe('65.63%');
    expect(formatOf('output_gradient_norm')(0.0000767204)).toBe('0.0000767');
  });
});

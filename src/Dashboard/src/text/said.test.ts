// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { SpecFinding } from '../api/types';
import { Given } from './given';
import { said as notes } from './ko/notes';
import { said } from './ko/said';

interface Named {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
}
const { schemas } = (JSON.parse(readFileSync('../Service/openapi.json', 'utf8')) as Named).components;

/** Families of codes that the service has, and where their Korean is; a label's part is no sentence. */
const families: Readonly<Record<string, object | null>> = {
  SpecFindingCode: said.spec,
  SuggestionCode: said.suggestions,
  StoryCode: said.story,
  RunActionCode: said.actions,
  ComparabilityCode: notes,
  LabelPartCode: null,
};
const codes = Object.entries(schemas).flatMap(([name, schema]) =>
  name.endsWith('Code') && schema.enum !== undefined ? [{ name, codes: schema.enum }] : [],
);

async function words(language: string) {
  vi.resetModules();
  localStorage.setItem('trainyard.language', language);
  return import('./said');
}

const finding = (code: string, given: Record<string, unknown>): SpecFinding => ({
  severity: 'error',
  pointer: '/training/batchSize',
  code: code as NonNullable<SpecFinding['code']>,
  arguments: given,
  message: 'Said by the service.',
  found: null,
  allowed: '',
  fix: 'Do this.',
});
const allowed = {
  kind: 'integer',
  minimum: 1,
  maximum: 10,
  minimumExclusive: false,
  maximumExclusive: false,
  choices: null,
  maximumItems: null,
  nullable: true,
};

describe('what the service says, in Korean', () => {
  it('has every code that the service lists', () => {
    expect(codes.find(({ name }) => name === 'SpecFindingCode')?.codes.length).toBeGreaterThan(30);
    const missing = codes.flatMap(({ name, codes }) => {
      const family = families[name];
      return family === null ? [] : codes.filter((code) => !(code in (family ?? {}))).map((code) => `${name} ${code}`);
    });
    expect(missing).toEqual([]);
  });

  it('is written in Korean, whatever is missing of the arguments', () => {
    const none = new Given({});
    const sentences = [
      ...Object.entries(said.spec).flatMap(([code, { message, fix }]) => [[code, message(none) + fix(none)] as const]),
      ...[said.diagnosis, said.suggestions, said.story, said.actions].flatMap((family) =>
        Object.entries(family).map(([code, sentence]) => [code, sentence(none)] as const),
      ),
    ];
    expect(sentences.filter(([, words]) => !/[가-힣]/.test(words)).map(([code]) => code)).toEqual([]);
    expect(
      sentences.filter(([, words]) => /undefined|NaN|null/.test(words.replace('NaN GiB', ''))).map(([code]) => code),
    ).toEqual([]);
  });

  it('says findings of a spec with what is allowed and what to write', async () => {
    const { messageOf, fixOf } = await words('ko');
    const range = finding('out_of_range', { member: 'batchSize', allowed, suggested: 10 });
    expect(messageOf(range)).toBe("'batchSize' 값이 범위를 벗어났습니다. 허용: 정수(1 이상 10 이하) 또는 null.");
    expect(fixOf(range)).toBe('이렇게 쓰세요: 10');
    expect(fixOf(finding('wrong_type', { member: 'batchSize', allowed, suggested: null }))).toBe(
      '이렇게 쓰세요: 정수(1 이상 10 이하) 또는 null',
    );
    expect(messageOf(finding('dense_needs_vector', { input: [3, 32, 32] }))).toContain('3 × 32 × 32');
  });

  it('proposes the name of a technique that goes by another one, with what that implies', async () => {
    const { fixOf } = await words('ko');
    const unknown = { kind: 'optimizer', names: ['sgd'], suggested: 'sgd', parameters: null, beside: null };
    expect(fixOf(finding('unknown_technique', unknown))).toBe('이렇게 쓰세요: "sgd"');
    expect(fixOf(finding('unknown_technique', { ...unknown, beside: { batchSize: 'full' } }))).toBe(
      '이렇게 쓰세요: "sgd", 그 옆에 "batchSize": "full"',
    );
    expect(
      fixOf(finding('unknown_technique', { ...unknown, suggested: 'leaky_relu', parameters: { slope: 0.3333 } })),
    ).toBe('이렇게 쓰세요: { "name": "leaky_relu", "slope": 0.3333 }');
  });

  it('says what happened to a run, with its numbers', async () => {
    const { say } = await words('ko');
    const given = { value: 'nan', step: 1200, epoch: 3, lastLoss: null, learningRate: 100 };
    expect(say('story', { code: 'loss_not_finite', arguments: given }, 'no')).toContain(
      '스텝 1,200에서 손실이 수가 아니게',
    );
    expect(
      say('layers', { code: 'activation', arguments: { activation: { name: 'leaky_relu', slope: 0.1 } } }, 'no'),
    ).toBe('leaky_relu(slope 0.1)');
    expect(
      say('actions', { code: 'wrong_state', arguments: { state: 'queued', allowed: ['running'] } }, 'no'),
    ).toContain('학습 중');
  });

  it('leaves what it does not know, and what earlier versions wrote, in English', async () => {
    const korean = await words('ko');
    expect(korean.messageOf(finding('brand_new', {}))).toBe('Said by the service.');
    expect(korean.say('story', { code: null, arguments: null }, 'As before.')).toBe('As before.');
    expect(korean.say('story', { code: 'brand_new', arguments: {} }, 'As before.')).toBe('As before.');
    const english = await words('en');
    expect(english.messageOf(finding('duplicate_member', { member: 'a' }))).toBe('Said by the service.');
    expect(english.say('story', { code: 'spec_refused', arguments: { detail: null } }, 'As before.')).toBe(
      'As before.',
    );
  });
});

// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { SpecFinding } from '../api/types';
import { serverMessages } from './ko/messages';
import { comparability } from './ko/messages/comparability';
import { conclusions } from './ko/messages/conclusions';
import { MessageArguments } from './messageArguments';

interface Named {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
}
const { schemas } = (JSON.parse(readFileSync('../Service/openapi.json', 'utf8')) as Named).components;

/** The service's enumerations of codes, and their Korean translations; parts of labels have none. */
const families: Readonly<Record<string, object | null>> = {
  SpecFindingCode: serverMessages.spec,
  SuggestionCode: serverMessages.suggestions,
  RunMessageCode: serverMessages.run,
  RunActionCode: serverMessages.actions,
  ComparabilityCode: comparability,
  ConclusionCode: conclusions,
  LabelPartCode: null,
};
const codes = Object.entries(schemas).flatMap(([name, schema]) =>
  name.endsWith('Code') && schema.enum !== undefined ? [{ name, codes: schema.enum }] : [],
);

async function load(language: string) {
  vi.resetModules();
  localStorage.setItem('trainyard.language', language);
  return import('./serverMessages');
}

const finding = (code: string, args: Record<string, unknown>): SpecFinding => ({
  severity: 'error',
  pointer: '/training/batchSize',
  code: code as SpecFinding['code'],
  arguments: args,
  message: 'From the service.',
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

describe('messages of the service in Korean', () => {
  it('exist for every code', () => {
    expect(codes.find(({ name }) => name === 'SpecFindingCode')?.codes.length).toBeGreaterThan(30);
    const missing = codes.flatMap(({ name, codes }) => {
      const family = families[name];
      return family === null ? [] : codes.filter((code) => !(code in (family ?? {}))).map((code) => `${name} ${code}`);
    });
    expect(missing).toEqual([]);
  });

  it('exist for every type of problem that a page can cause', () => {
    const files = readdirSync('../Service', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.cs'),
    );
    const sources = files.map((file) => readFileSync(`../Service/${file}`, 'utf8'));
    const created = /\bCreate\(\s*(?:StatusCodes\.\w+|status),\s*"([a-z-]+)"/g;
    const types = sources.flatMap((source) => [...source.matchAll(created)].map(([, type = '']) => type));
    expect(new Set(types).size).toBeGreaterThan(30);
    // A page sends no request that cannot be read.
    const malformed = ['bad-request', 'not-json', 'method-not-allowed', 'unsupported-media-type'];
    const parameters = ['unknown-parameter', 'missing-parameter', 'repeated-parameter'];
    const missing = types.filter((type) => !(type in serverMessages.problems));
    expect([...new Set(missing)].sort()).toEqual([...malformed, ...parameters].sort());
  });

  it('are in Korean, even without arguments', () => {
    const none = new MessageArguments({});
    const translated = [
      ...Object.entries(serverMessages.spec).flatMap(([code, { message, fix }]) => [
        [code, message(none) + fix(none)] as const,
      ]),
      ...[
        serverMessages.diagnosis,
        serverMessages.suggestions,
        serverMessages.run,
        serverMessages.actions,
        serverMessages.problems,
        serverMessages.filters,
      ].flatMap((family) => Object.entries(family).map(([code, message]) => [code, message(none)] as const)),
    ];
    expect(translated.filter(([, message]) => !/[가-힣]/.test(message)).map(([code]) => code)).toEqual([]);
    expect(
      translated
        .filter(([, message]) => /undefined|NaN|null/.test(message.replaceAll('NaN GiB', '')))
        .map(([code]) => code),
    ).toEqual([]);
  });

  it('have the allowed values and the fix of a finding', async () => {
    const { findingMessage, findingFix } = await load('ko');
    const range = finding('out_of_range', { member: 'batchSize', allowed, suggested: 10 });
    expect(findingMessage(range)).toBe('정수(1 이상 10 이하) 또는 null이어야 합니다.');
    expect(findingFix(range)).toBe('수정: 10');
    expect(findingFix(finding('wrong_type', { member: 'batchSize', allowed, suggested: null }))).toBe(
      '수정: 정수(1 이상 10 이하) 또는 null',
    );
    expect(findingMessage(finding('dense_needs_vector', { input: [3, 32, 32] }))).toContain('3 × 32 × 32');
  });

  it('suggest a technique with its parameters', async () => {
    const { findingFix } = await load('ko');
    const unknown = { kind: 'optimizer', names: ['sgd'], suggested: 'sgd', parameters: null, beside: null };
    expect(findingFix(finding('unknown_technique', unknown))).toBe('수정: "sgd"');
    expect(findingFix(finding('unknown_technique', { ...unknown, beside: { batchSize: 'full' } }))).toBe(
      '수정: "sgd" 및 "batchSize": "full"',
    );
    expect(
      findingFix(finding('unknown_technique', { ...unknown, suggested: 'leaky_relu', parameters: { slope: 0.3333 } })),
    ).toBe('수정: { "name": "leaky_relu", "slope": 0.3333 }');
  });

  it('have the numbers of a message about a run', async () => {
    const { translate } = await load('ko');
    const args = { value: 'nan', step: 1200, epoch: 3, lastLoss: null, learningRate: 100 };
    expect(translate('run', { code: 'loss_not_finite', arguments: args }, 'no')).toContain(
      '스텝 1,200에서 손실이 NaN이',
    );
    expect(
      translate('layers', { code: 'activation', arguments: { activation: { name: 'leaky_relu', slope: 0.1 } } }, 'no'),
    ).toBe('Leaky ReLU (slope 0.1)');
    expect(
      translate('actions', { code: 'wrong_state', arguments: { state: 'queued', allowed: ['running'] } }, 'no'),
    ).toContain('학습 중');
  });

  it('explain a problem by the code of its message, else by its type', async () => {
    const { problemMessage } = await load('ko');
    const unknown = { type: '/problems/unknown-run' };
    expect(problemMessage(unknown, 'Run not found.')).toBe('실행이 없거나 삭제되었습니다.');
    const coded = { type: '/problems/wrong-state', code: 'being_cancelled', arguments: {} };
    expect(problemMessage(coded, 'The state does not allow it.')).toBe('중단하는 중입니다.');
    expect(problemMessage({ type: 'about:blank' }, 'Bad gateway')).toBe('Bad gateway');
    expect((await load('en')).problemMessage(unknown, 'Run not found.')).toBe('Run not found.');
  });

  it('fall back to English for unknown codes and in English', async () => {
    const korean = await load('ko');
    expect(korean.findingMessage(finding('brand_new', {}))).toBe('From the service.');
    expect(korean.translate('run', { code: null, arguments: null }, 'From the service.')).toBe('From the service.');
    expect(korean.translate('run', { code: 'brand_new', arguments: {} }, 'From the service.')).toBe(
      'From the service.',
    );
    const english = await load('en');
    expect(english.findingMessage(finding('duplicate_member', { member: 'a' }))).toBe('From the service.');
    expect(english.translate('run', { code: 'spec_rejected', arguments: { detail: null } }, 'From the service.')).toBe(
      'From the service.',
    );
  });
});

// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { ComparabilityNote } from './comparison';
import type { ComparabilityCode } from './noteWords';

async function words(language: string) {
  vi.resetModules();
  localStorage.setItem('trainyard.language', language);
  return import('./noteWords');
}

const note = (code: string, given: Record<string, unknown> = {}, changes: Partial<ComparabilityNote> = {}) => ({
  severity: 'warning' as const,
  code: code as ComparabilityCode,
  arguments: given,
  message: 'Not comparable: said by the service.',
  pointers: [],
  ...changes,
});

describe('sentenceOf', () => {
  it('takes the English of the service, without the verdict of the heading', async () => {
    const { sentenceOf } = await words('en');
    expect(sentenceOf(note('other_data'))).toBe('Said by the service.');
  });

  it('says a note in Korean with its arguments', async () => {
    const { sentenceOf } = await words('ko');
    const confounded = { factor: '/training/optimizer', others: ['/training/batchSize', 'architecture'] };
    expect(sentenceOf(note('confounded', { ...confounded, join: 'and' }))).toContain(
      '옵티마이저 설정이 다른 곳마다 배치 크기, 구조 설정도 다릅니다',
    );
    expect(sentenceOf(note('confounded', { ...confounded, join: 'or' }))).toContain('배치 크기 또는 구조');
    expect(sentenceOf(note('unfinished', { runs: ['1', '2'], names: ['a', 'b'], more: 2 }))).toContain('a, b 외 2개');
    expect(sentenceOf(note('single_seed', { single: 2, settings: 2 }))).toContain('모든 설정을');
    expect(sentenceOf(note('single_seed', { single: 1, settings: 2 }))).toContain('설정 2개 가운데 1개를');
    expect(sentenceOf(note('parent_weights', { names: ['a'], more: 0 }, { severity: 'info' }))).not.toContain('a');
  });

  it('says a note that is new to the page in the English of the service', async () => {
    const { sentenceOf } = await words('ko');
    expect(sentenceOf(note('from_the_future'))).toBe('Said by the service.');
  });
});

describe('labelOfGroup', () => {
  const group = (...parts: { code: string; pointer: string; value: string | number | null }[]) => ({
    key: 'k',
    label: 'adam, batch size 64',
    parts: parts as never,
    runs: [],
  });

  it('is made of its parts in Korean', async () => {
    const { labelOfGroup } = await words('ko');
    expect(
      labelOfGroup(
        group(
          { code: 'technique', pointer: '/training/optimizer/name', value: 'adam' },
          { code: 'value', pointer: '/training/batchSize', value: 64 },
          { code: 'none', pointer: '/data/trainLimit', value: null },
          { code: 'variant', pointer: 'architecture', value: 'A' },
        ),
      ),
    ).toBe('adam, 배치 크기 64, 학습 표본 제한 없음, 구조 A');
    expect(labelOfGroup(group())).toBe('같은 설정');
  });

  it('is the label of the service where a part is new to the page, and in English', async () => {
    const strange = group({ code: 'from_the_future', pointer: '/x', value: 1 });
    expect((await words('ko')).labelOfGroup(strange)).toBe('adam, batch size 64');
    expect((await words('en')).labelOfGroup(group())).toBe('adam, batch size 64');
  });
});

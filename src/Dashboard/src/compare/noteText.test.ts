// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { ComparabilityNote } from './comparison';

async function load(language: string) {
  vi.resetModules();
  localStorage.setItem('trainyard.language', language);
  return import('./noteText');
}

const note = (code: string, args: Record<string, unknown> = {}, changes: Partial<ComparabilityNote> = {}) => ({
  severity: 'warning' as const,
  code: code as ComparabilityNote['code'],
  arguments: args,
  message: 'Not comparable: from the service.',
  pointers: [],
  ...changes,
});

describe('noteText', () => {
  it('uses the English of the service, without the verdict', async () => {
    const { noteText } = await load('en');
    expect(noteText(note('other_data'))).toBe('From the service.');
  });

  it('translates a note with its arguments', async () => {
    const { noteText } = await load('ko');
    const confounded = { factor: '/training/optimizer', others: ['/training/batchSize', 'architecture'] };
    expect(noteText(note('confounded', { ...confounded, join: 'and' }))).toContain(
      '옵티마이저 설정이 다르면 항상 배치 크기, 구조 설정도 다릅니다',
    );
    expect(noteText(note('confounded', { ...confounded, join: 'or' }))).toContain('배치 크기 또는 구조');
    expect(noteText(note('unfinished', { runs: ['1', '2'], names: ['a', 'b'], more: 2 }))).toContain('a, b 외 2개');
    expect(noteText(note('single_seed', { single: 2, settings: 2 }))).toContain('모든 설정이');
    expect(noteText(note('single_seed', { single: 1, settings: 2 }))).toContain('설정 2개 중 1개가');
    expect(noteText(note('parent_weights', { names: ['a'], more: 0 }, { severity: 'info' }))).not.toContain('a');
  });

  it('uses the English of the service for an unknown code', async () => {
    const { noteText } = await load('ko');
    expect(noteText(note('from_the_future'))).toBe('From the service.');
  });
});

describe('groupLabel', () => {
  const group = (...parts: { code: string; pointer: string; value: string | number | null }[]) => ({
    key: 'k',
    label: 'adam, batch size 64',
    parts: parts as never,
    runs: [],
  });

  it('is built from its parts in Korean', async () => {
    const { groupLabel } = await load('ko');
    expect(
      groupLabel(
        group(
          { code: 'technique', pointer: '/training/optimizer/name', value: 'adam' },
          { code: 'value', pointer: '/training/batchSize', value: 64 },
          { code: 'none', pointer: '/data/trainLimit', value: null },
          { code: 'variant', pointer: 'architecture', value: 'A' },
        ),
      ),
    ).toBe('Adam, 배치 크기 64, 최대 학습 샘플 없음, 구조 A');
    expect(groupLabel(group())).toBe('같은 설정');
  });

  it('is the label of the service for an unknown part, and in English', async () => {
    const strange = group({ code: 'from_the_future', pointer: '/x', value: 1 });
    expect((await load('ko')).groupLabel(strange)).toBe('adam, batch size 64');
    expect((await load('en')).groupLabel(group())).toBe('adam, batch size 64');
  });
});

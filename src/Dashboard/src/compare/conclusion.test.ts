// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { comparison } from './testing/sample';

async function load(language: string) {
  vi.resetModules();
  localStorage.setItem('trainyard.language', language);
  return import('./conclusion');
}

const compared = {
  ...comparison({ groups: [['a'], ['b']] }),
  conclusion: {
    code: 'undecided' as const,
    metric: 'validation_accuracy',
    settings: 2,
    best: { group: 'a', n: 3, mean: 0.967, std: 0.038 },
    other: { group: 'b', n: 3, mean: 0.925, std: 0.075 },
    undecided: 1,
    difference: { confidence: 0.95, paired: true, low: -0.05, high: 0.134 },
    requiredSeeds: 12,
    message: 'Not decided.',
  },
};

describe('conclusionText', () => {
  it('is the English of the service', async () => {
    const { conclusionText, intervalText } = await load('en');
    expect(conclusionText(compared)).toBe('Not decided.');
    expect(intervalText(compared)).toBe(
      '95% confidence interval of the difference: -5.00 to +13.40 percentage points (paired by seed)',
    );
    expect(conclusionText(comparison())).toBeNull();
  });

  it('has both sides in Korean', async () => {
    const { conclusionText } = await load('ko');
    expect(conclusionText(compared)).toContain('96.70% ± 3.80%');
    expect(conclusionText(compared)).toContain('판단할 수 없습니다');
    expect(conclusionText(compared)).toContain('약 12개');
    expect(
      conclusionText({ ...compared, conclusion: { ...compared.conclusion, code: 'same_settings' as const } }),
    ).toMatch(/^같은 설정, 시드 3개/);
  });

  it('names the run of a long setting, and has its whole label apart', async () => {
    const parts = ['/training/epochs', '/training/batchSize', '/data/trainLimit', '/data/labelNoise'].map(
      (pointer) => ({
        code: 'none' as const,
        pointer,
        value: null,
      }),
    );
    const [a, b] = compared.groups.map((group) => ({ ...group, parts }));
    const long = { ...compared, groups: [a, b].flatMap((group) => group ?? []) };
    const { conclusionText, longSettings } = await load('ko');
    expect(conclusionText(long)).toContain('‘a’ 96.70% ± 3.80%');
    expect(longSettings(long).map(({ runs }) => runs)).toEqual(['a', 'b']);
    expect(longSettings(long)[0]?.label).toContain('라벨 노이즈 없음');
    expect(longSettings(compared)).toEqual([]);
  });
});

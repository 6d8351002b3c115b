import { describe, expect, it } from 'vitest';
import type { components } from '../api/schema';
import { verdict as en } from './en/verdict';
import { verdict as ko } from './ko/verdict';

type Comparison = components['schemas']['ArmComparison'];
type Pair = Comparison['pairs'][number];

const arm = (name: string, mean: number | null = 0.9) => ({
  ...{ name, mean, seeds: 5, divergedSeeds: 0, standardDeviation: 0.01, halfWidth: 0.01 },
});
const pairWith = (second: string, requiredSeeds: number | null): Pair => ({
  ...{ first: 'adam', second, isPaired: true, seeds: 5, difference: 0.002, halfWidth: 0.005, confidence: 0.95 },
  ...{ pValue: 0.4, adjustedPValue: 0.8, isDistinguishable: false, requiredSeeds },
});
const comparison = (others: readonly string[], open: readonly string[], nearest: Pair | null): Comparison => ({
  arms: [arm('adam'), ...others.map((name) => arm(name)), arm('diverged', null)],
  pairs: [],
  verdict: { kind: 'better', best: 'adam', nearest, notDistinguishable: [...open] },
});

describe('verdict', () => {
  it('names the winner and the closest', () => {
    expect(en(comparison(['sgd'], [], pairWith('sgd', null)), true)).toBe(
      'adam is better than sgd by 0.2 ± 0.5 points (5 seeds).',
    );
    expect(en(comparison(['sgd', 'lion'], [], pairWith('sgd', null)), false)).toBe(
      'adam is better than all 2 others; the closest is sgd, worse by 0.002 ± 0.005 (5 seeds).',
    );
    expect(ko(comparison(['sgd'], [], pairWith('sgd', null)), true)).toBe(
      'adam이(가) sgd보다 0.2 ± 0.5%p 더 낫습니다(시드 5개).',
    );
  });

  it('says what is decided and what is open', () => {
    const some = comparison(['sgd, rate 1', 'a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], pairWith('a', 40));
    expect(en(some, true)).toBe(
      'adam is better than “sgd, rate 1”, but 5 seeds do not separate it from a, b and 2 others: from a it differs by 0.2 ± 0.5 points, and about 40 seeds would be needed to tell.',
    );
    expect(ko(some, true)).toBe(
      'adam이(가) “sgd, rate 1”보다 낫지만, 시드 5개로는 a, b 외 2개와(과) 구별되지 않습니다. a와(과)의 차이는 0.2 ± 0.5%p이며, 구별하려면 시드가 약 40개 필요합니다.',
    );
  });

  it('says how many seeds would decide', () => {
    expect(en(comparison(['sgd'], ['sgd'], pairWith('sgd', null)), true)).toBe(
      '5 seeds do not separate adam and sgd: they differ by 0.2 ± 0.5 points, and no practical number of seeds would tell.',
    );
    expect(en(comparison(['sgd', 'lion'], ['sgd', 'lion'], pairWith('lion', 40)), true)).toBe(
      '5 seeds do not separate the 3 settings: adam has the best mean and differs from lion by 0.2 ± 0.5 points, and about 40 seeds would be needed to tell.',
    );
  });

  it('says what is missing', () => {
    expect(en(comparison([], [], null), true)).toContain('adam is the only setting with a result');
    expect(en(comparison(['sgd'], [], null), true)).toContain('two settings with at least two seeds each');
    const nothing = { ...comparison([], [], null), arms: [arm('adam', null)] };
    nothing.verdict = { ...nothing.verdict, best: null };
    expect(en(nothing, true)).toBe('No setting could be trained to its end, so there is nothing to compare.');
    expect(ko(nothing, true)).toBe('끝까지 학습한 설정이 없어 비교할 수 없습니다.');
  });
});

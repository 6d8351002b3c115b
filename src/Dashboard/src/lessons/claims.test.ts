import { describe, expect, it } from 'vitest';
import { boundsText, measuredText } from './claims';
import type { ClaimOutcome, LessonClaim } from './useLessons';

const claim = (changes: Partial<LessonClaim>): LessonClaim => ({
  id: 'a',
  text: { en: 'a', ko: 'b' },
  source: 's',
  value: { measure: 'validation_accuracy' },
  ...changes,
});
const outcome = (changes: Partial<ClaimOutcome>): ClaimOutcome => ({
  claim: 'a',
  verdict: 'holds',
  result: null,
  value: null,
  minus: null,
  over: null,
  infinite: false,
  ...changes,
});

describe('measuredText', () => {
  it('writes shares as percentages, and how a difference and a ratio come about', () => {
    expect(measuredText(claim({}), outcome({ result: 0.98, value: 0.98 }))).toBe('98.00%');
    const other = { measure: 'validation_accuracy' } as const;
    expect(measuredText(claim({ minus: other }), outcome({ result: 0.23, value: 0.98, minus: 0.75 }))).toBe(
      '98.00% − 75.00% = 23.00%',
    );
    expect(measuredText(claim({ over: other }), outcome({ result: 2, value: 0.5, over: 0.25 }))).toBe(
      '50.00% / 25.00% = 2',
    );
  });

  it('writes a time, a count, a yes, and what is not there', () => {
    const of = (measure: LessonClaim['value']['measure']) => claim({ value: { measure } });
    expect(measuredText(of('seconds'), outcome({ result: 61, value: 61 }))).toBe('1 min 1 s');
    expect(measuredText(of('layer_count'), outcome({ result: 7, value: 7 }))).toBe('7');
    expect(measuredText(of('converged'), outcome({ result: 0, value: 0 }))).toBe('no');
    const reached = { measure: 'seconds', when: { measure: 'validation_accuracy', level: 0.65 } } as const;
    expect(measuredText(claim({ value: reached }), outcome({ infinite: true }))).toBe('never');
    expect(measuredText(of('train_loss'), outcome({ infinite: true }))).toBe('infinite: it diverged');
    expect(measuredText(of('seconds'), undefined)).toBe('–');
    expect(
      measuredText(claim({ value: { measure: 'train_loss', epoch: 'rise_share' } }), outcome({ result: 0.5 })),
    ).toBe('50.00%');
  });
});

describe('boundsText', () => {
  it('says what is allowed', () => {
    expect(boundsText(claim({ atLeast: 0.8 }))).toBe('at least 80.00%');
    expect(boundsText(claim({ atMost: 0.75, tolerance: 0.03 }))).toBe('at most 75.00% ± 3.00%');
    expect(boundsText(claim({ atLeast: 0.1, atMost: 10, over: { measure: 'train_loss' } }))).toBe('0.1 to 10');
    expect(boundsText(claim({ value: { measure: 'layer_count' }, atLeast: 5, atMost: 5 }))).toBe('5');
    expect(boundsText(claim({ value: { measure: 'converged' }, atMost: 0 }))).toBe('no');
    expect(boundsText(claim({ value: { measure: 'converged' }, atLeast: 1 }))).toBe('yes');
  });
});

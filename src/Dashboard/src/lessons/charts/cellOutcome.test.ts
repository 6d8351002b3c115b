import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../api/types';
import { cellOutcome, convergenceLevel } from './cellOutcome';

const run = (state: RunSummary['state'], failure?: NonNullable<RunSummary['failure']>['class']) => ({
  state,
  failure: failure === undefined ? null : ({ class: failure } as RunSummary['failure']),
});

describe('cellOutcome', () => {
  it('judges a run that was trained to its end by its training accuracy', () => {
    expect(cellOutcome(run('succeeded'), 0.25, 0.2)).toBe('learned');
    expect(cellOutcome(run('succeeded'), 0.25, 0.3)).toBe('failed');
    expect(cellOutcome(run('failed', 'diverged'), 0.9, 0.2)).toBe('failed');
  });

  it('does not call a run that was interrupted not converged', () => {
    expect(cellOutcome(run('cancelled'), 0.1, 0.2)).toBe('interrupted');
    expect(cellOutcome(run('failed', 'out_of_memory'), 0.9, 0.2)).toBe('interrupted');
    expect(cellOutcome(run('failed', 'invalid_data'), null, 0.2)).toBe('interrupted');
  });

  it('leaves a run open while it trains below the level', () => {
    expect(cellOutcome(run('running'), 0.1, 0.2)).toBeUndefined();
    expect(cellOutcome(run('running'), 0.3, 0.2)).toBe('learned');
    expect(cellOutcome(run('running'), null, 0.2)).toBeUndefined();
    expect(cellOutcome(run('succeeded'), 0.1, null)).toBeUndefined();
  });
});

describe('convergenceLevel', () => {
  const claim = { id: 'a', text: { en: 'a', ko: 'a' }, source: 's' };

  it('is that of the claims of the lesson', () => {
    const value = { measure: 'converged', level: 0.25 } as const;
    const other = { measure: 'validation_accuracy' } as const;
    expect(
      convergenceLevel({
        expected: [
          { ...claim, value: other },
          { ...claim, value },
        ],
      }),
    ).toBe(0.25);
    expect(convergenceLevel({ expected: [{ ...claim, value: other, minus: value }] })).toBe(0.25);
    expect(convergenceLevel({ expected: [{ ...claim, value: other }] })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { forkName } from './forkName';

const name = (parent: string, ...changes: [path: string, after: unknown][]) =>
  forkName(
    parent,
    changes.map(([path, after]) => ({ path, before: undefined, after: after as never })),
  );

describe('forkName', () => {
  it('has the titles of techniques, and other settings with their values', () => {
    expect(name('deep', ['/training/optimizer', { name: 'adam' }])).toBe('deep · Adam');
    expect(name('deep', ['/training/epochs', 9], ['/training/gradientClipping', undefined])).toBe(
      'deep · epochs 9 + gradient clipping none',
    );
  });

  it('names a fork of a fork by the newest changes only', () => {
    expect(name('deep · Adam', ['/seed', 2])).toBe('deep · seed 2');
  });

  it('names a repetition, and fits the limit of the service', () => {
    expect(name('deep')).toBe('deep · repeat');
    expect(name('x'.repeat(100), ['/seed', 2])).toHaveLength(100);
  });
});

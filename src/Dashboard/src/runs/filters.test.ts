import { describe, expect, it } from 'vitest';
import { isFiltered, matches, readFilter, toggleState, writeFilter } from './filters';

describe('the filter in the address', () => {
  it('is read back as it was written', () => {
    const search = new URLSearchParams('events=prominent');
    const filter = { states: ['running', 'queued'], experiment: 'a & b' } as const;
    writeFilter(filter, search);
    expect(readFilter(new URLSearchParams(search.toString()))).toEqual(filter);
    expect(search.get('events')).toBe('prominent');
  });

  it('leaves out what makes no sense', () => {
    expect(readFilter(new URLSearchParams('state=flying&state=failed&state=failed&experiment=%20'))).toEqual({
      states: ['failed'],
      experiment: null,
    });
  });

  it('vanishes from the address when it is empty', () => {
    const search = new URLSearchParams('state=failed&experiment=x');
    writeFilter({ states: [], experiment: null }, search);
    expect(search.toString()).toBe('');
  });
});

describe('a filter', () => {
  it('matches by state and experiment', () => {
    const run = { state: 'failed', experiment: 'x' } as const;
    expect(matches({ states: [], experiment: null }, run)).toBe(true);
    expect(matches({ states: ['failed', 'queued'], experiment: 'x' }, run)).toBe(true);
    expect(matches({ states: ['queued'], experiment: null }, run)).toBe(false);
    expect(matches({ states: [], experiment: 'y' }, run)).toBe(false);
  });

  it('takes a state in and out', () => {
    const one = toggleState({ states: [], experiment: null }, 'failed');
    expect(isFiltered(one)).toBe(true);
    expect(isFiltered(toggleState(one, 'failed'))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import {
  isDefaultOrder,
  isFiltered,
  matches,
  nextSort,
  noFilter,
  readFilter,
  toggleState,
  writeFilter,
} from './filters';

describe('the filter in the address', () => {
  it('is read back as it was written', () => {
    const search = new URLSearchParams('events=prominent');
    const filter = {
      states: ['running', 'queued'],
      experiment: 'a & b',
      tag: 'x y',
      query: 'deep net',
      sort: '-param.training.epochs',
    } as const;
    writeFilter(filter, search);
    expect(readFilter(new URLSearchParams(search.toString()))).toEqual(filter);
    expect(search.get('events')).toBe('prominent');
  });

  it('leaves out what makes no sense', () => {
    expect(readFilter(new URLSearchParams('state=flying&state=failed&state=failed&experiment=%20'))).toEqual({
      ...noFilter,
      states: ['failed'],
    });
  });

  it('vanishes from the address when it is empty', () => {
    const search = new URLSearchParams('state=failed&experiment=x');
    writeFilter(noFilter, search);
    expect(search.toString()).toBe('');
  });
});

describe('a filter', () => {
  it('matches by state and experiment', () => {
    const run = { state: 'failed' as const, experiment: 'x', tags: ['t'] };
    expect(matches(noFilter, run)).toBe(true);
    expect(matches({ ...noFilter, states: ['failed', 'queued'], experiment: 'x', tag: 't' }, run)).toBe(true);
    expect(matches({ ...noFilter, states: ['queued'] }, run)).toBe(false);
    expect(matches({ ...noFilter, tag: 'y' }, run)).toBe(false);
  });

  it('takes a state in and out', () => {
    const one = toggleState(noFilter, 'failed');
    expect(isFiltered(one)).toBe(true);
    expect(isFiltered(toggleState(one, 'failed'))).toBe(false);
  });

  it('goes from the best to the worst and back to the newest first', () => {
    expect(nextSort(null, 'elapsed')).toBe('-elapsed');
    expect(nextSort('-elapsed', 'elapsed')).toBe('elapsed');
    expect(nextSort('elapsed', 'elapsed')).toBeNull();
    expect(nextSort('-name', 'elapsed')).toBe('-elapsed');
    expect(isDefaultOrder({ ...noFilter, tag: 'x' })).toBe(true);
    expect(isDefaultOrder({ ...noFilter, sort: 'name' })).toBe(false);
  });
});

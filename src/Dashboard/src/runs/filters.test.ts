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

describe('the filter in the URL', () => {
  it('survives a round trip', () => {
    const search = new URLSearchParams('events=prominent');
    const filter = {
      states: ['running', 'queued'],
      experiment: 'a & b',
      tag: 'x y',
      study: '01a22000-0000-7000-8000-000000000001',
      query: 'deep net',
      where: 'accuracy > 0.9',
      archived: true,
      sort: '-param.training.epochs',
    } as const;
    writeFilter(filter, search);
    expect(readFilter(new URLSearchParams(search.toString()))).toEqual(filter);
    expect(search.get('events')).toBe('prominent');
  });

  it('ignores invalid values', () => {
    expect(readFilter(new URLSearchParams('state=flying&state=failed&state=failed&experiment=%20'))).toEqual({
      ...noFilter,
      states: ['failed'],
    });
  });

  it('is not in the URL when it is empty', () => {
    const search = new URLSearchParams('state=failed&experiment=x');
    writeFilter(noFilter, search);
    expect(search.toString()).toBe('');
  });
});

describe('a filter', () => {
  it('matches by state and experiment', () => {
    const run = { state: 'failed' as const, experiment: 'x', archivedAt: null, tags: ['t'], studyId: 's' };
    expect(matches(noFilter, run)).toBe(true);
    expect(matches({ ...noFilter, states: ['failed', 'queued'], experiment: 'x', tag: 't' }, run)).toBe(true);
    expect(matches({ ...noFilter, states: ['queued'] }, run)).toBe(false);
    expect(matches({ ...noFilter, tag: 'y' }, run)).toBe(false);
    expect(matches({ ...noFilter, study: 's' }, run)).toBe(true);
    expect(matches({ ...noFilter, study: 'other' }, run)).toBe(false);
  });

  it('toggles a state', () => {
    const one = toggleState(noFilter, 'failed');
    expect(isFiltered(one)).toBe(true);
    expect(isFiltered(toggleState(one, 'failed'))).toBe(false);
  });

  it('cycles through descending, ascending and newest first', () => {
    expect(nextSort(null, 'elapsed')).toBe('-elapsed');
    expect(nextSort('-elapsed', 'elapsed')).toBe('elapsed');
    expect(nextSort('elapsed', 'elapsed')).toBeNull();
    expect(nextSort('-name', 'elapsed')).toBe('-elapsed');
    expect(isDefaultOrder({ ...noFilter, tag: 'x' })).toBe(true);
    expect(isDefaultOrder({ ...noFilter, sort: 'name' })).toBe(false);
  });
});

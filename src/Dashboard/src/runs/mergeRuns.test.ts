import { describe, expect, it } from 'vitest';
import type { RunPage } from '../api/types';
import { summary } from '../testing/samples';
import { noFilter, type RunFilter } from './filters';
import { catchUp, mergeRuns, newer } from './mergeRuns';

const all: RunFilter = noFilter;
const run = (id: string, changes = {}) => summary({ id, ...changes });
const page = (ids: string[], next: string | null = null): RunPage => ({
  items: ids.map((id) => run(id)),
  next,
});
const ids = (pages: readonly RunPage[]) => pages.map((one) => one.items.map((item) => item.id));

describe('mergeRuns', () => {
  it('replaces a listed run', () => {
    const merged = mergeRuns([page(['c', 'b', 'a'])], [run('b', { lastSeq: 11, epoch: 3 })], all);
    expect(ids(merged)).toEqual([['c', 'b', 'a']]);
    expect(merged[0]?.items[1]?.epoch).toBe(3);
  });

  it('keeps a newer summary', () => {
    const merged = mergeRuns([page(['a'])], [run('a', { lastSeq: 9, epoch: 1 })], all);
    expect(merged[0]?.items[0]?.epoch).toBe(2);
  });

  it('inserts a new run at the top', () => {
    expect(ids(mergeRuns([page(['b', 'a'])], [run('c')], all))).toEqual([['c', 'b', 'a']]);
  });

  it('inserts new runs in the order of creation', () => {
    expect(ids(mergeRuns([page(['a'])], [run('c'), run('b')], all))).toEqual([['c', 'b', 'a']]);
  });

  it('inserts the first run into an empty list', () => {
    expect(ids(mergeRuns([page([])], [run('a')], all))).toEqual([['a']]);
  });

  it('skips a changed run that is older than the loaded ones', () => {
    expect(ids(mergeRuns([page(['d', 'c'], 'c')], [run('a')], all))).toEqual([['d', 'c']]);
  });

  it('removes a run that no longer matches, and inserts one that does', () => {
    const running: RunFilter = { ...noFilter, states: ['running'] };
    const without = mergeRuns(
      [page(['c', 'b'], 'b'), page(['a'])],
      [run('b', { state: 'succeeded', lastSeq: 11 })],
      running,
    );
    expect(ids(without)).toEqual([['c'], ['a']]);
    expect(ids(mergeRuns(without, [run('b', { lastSeq: 12 })], running))).toEqual([['c'], ['b', 'a']]);
  });

  it('does not show a new run of another experiment', () => {
    expect(ids(mergeRuns([page(['a'])], [run('b')], { ...noFilter, experiment: 'other' }))).toEqual([['a']]);
  });
});

describe('catchUp', () => {
  const changed = new Map([run('d'), run('b', { lastSeq: 12, epoch: 4 })].map((one) => [one.id, one]));

  it('does not overwrite updates of the stream by an older response', () => {
    const page1 = catchUp(page(['c', 'b'], 'b'), changed, all, true);
    expect(page1.items.map((item) => [item.id, item.epoch])).toEqual([
      ['d', 2],
      ['c', 2],
      ['b', 4],
    ]);
  });

  it('adds no new run to a later page', () => {
    expect(catchUp(page(['b', 'a']), changed, all, false).items.map((item) => [item.id, item.epoch])).toEqual([
      ['b', 4],
      ['a', 2],
    ]);
  });
});

describe('newer', () => {
  it('accepts a change without an event, such as a cancel request', () => {
    expect(newer(run('a'), run('a', { cancelRequested: true })).cancelRequested).toBe(true);
  });

  it('keeps column values, which the stream does not have', () => {
    const known = run('a', { values: { 'param.seed': 1 } });
    expect(newer(known, run('a', { lastSeq: 12, values: null })).values).toEqual({ 'param.seed': 1 });
  });
});

describe('mergeRuns in another order', () => {
  it('updates listed runs, and adds none', () => {
    const byName: RunFilter = { ...noFilter, sort: 'name' };
    const merged = mergeRuns([page(['a', 'c'])], [run('c', { lastSeq: 12, epoch: 3 }), run('d')], byName);
    expect(ids(merged)).toEqual([['a', 'c']]);
    expect(merged[0]?.items[1]?.epoch).toBe(3);
  });
});

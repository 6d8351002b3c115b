import { describe, expect, it } from 'vitest';
import { summary } from '../testing/samples';
import { applyUpdates, restrictTo } from './liveUpdates';
import { comparison, idOf, run } from './testing/sample';

const known = comparison({
  runs: [run('a', { lastSeq: 5, epoch: 2 }), run('b', { lastSeq: 5 })],
  curves: { validation_accuracy: { a: [0.5, 0.6], b: [0.4] }, validation_loss: { a: [1, 0.9] } },
});
const change = (changes: Parameters<typeof summary>[0]) => summary({ id: known.runs[0]?.id ?? '', ...changes });
const curve = (of: typeof known, metric: string) => of.curves.find((one) => one.metric === metric)?.points ?? [];

describe('applyUpdates', () => {
  it('adds the newest epoch to the curves of its run and raises the best', () => {
    const news = change({
      lastSeq: 9,
      epoch: 3,
      epochs: 4,
      totalSteps: 40,
      validationAccuracy: 0.7,
      validationLoss: 0.95,
    });
    const next = applyUpdates(known, [news]);
    expect(curve(next, 'validation_accuracy').at(-1)).toMatchObject({ epoch: 3, step: 30, value: 0.7 });
    const score = (metric: string) => next.metrics.find((one) => one.metric === metric)?.perRun[0];
    expect(score('validation_accuracy')).toMatchObject({ best: 0.7, bestEpoch: 3, latest: 0.7 });
    // A loss is better when it is lower: this one was not.
    expect(score('validation_loss')).toMatchObject({ best: 0.9, latest: 0.95 });
    expect(next.curves.find((one) => one.run === known.runs[1]?.id)).toBe(
      known.curves.find((one) => one.run === known.runs[1]?.id),
    );
  });

  it('has no duplicate epochs', () => {
    const next = applyUpdates(known, [change({ lastSeq: 9, epoch: 2, validationAccuracy: 0.6 })]);
    expect(curve(next, 'validation_accuracy')).toHaveLength(2);
  });

  it('ignores old updates and other runs', () => {
    expect(applyUpdates(known, [change({ lastSeq: 5, epoch: 3 })])).toBe(known);
    expect(applyUpdates(known, [summary({ id: 'someone else', lastSeq: 99 })])).toBe(known);
  });

  it('keeps a best when a run diverged', () => {
    const next = applyUpdates(known, [
      change({ lastSeq: 9, epoch: 3, validationAccuracy: null, validationLoss: null }),
    ]);
    expect(next.metrics.find((one) => one.metric === 'validation_accuracy')?.perRun[0]?.best).toBe(0.6);
    expect(curve(next, 'validation_accuracy')).toHaveLength(2);
  });
});

describe('restrictTo', () => {
  it('removes all data of the other runs', () => {
    const left = restrictTo(known, [idOf('b')]);
    expect(left.runs.map(({ name }) => name)).toEqual(['b']);
    expect(left.groups.map(({ runs }) => runs)).toEqual([[idOf('b')]]);
    expect(JSON.stringify(left)).not.toContain(idOf('a'));
  });

  it('says nothing about runs and groups as they were', () => {
    const note = { code: 'few_seeds', severity: 'info', message: 'Few seeds.', arguments: {} };
    const score = (group: string) => ({ group, mean: 0.5 });
    const said = {
      ...comparison({ runs: [run('a'), run('b'), run('c')], groups: [['a', 'b'], ['c']], curves: { train_loss: {} } }),
      comparability: [note],
      conclusion: { code: 'better' },
      bands: [
        { group: 'ab', metric: 'train_loss', points: [] },
        { group: 'c', metric: 'train_loss', points: [] },
      ],
    } as unknown as typeof known;
    const [metric] = said.metrics;
    const before = { ...said, metrics: [{ ...metric, perGroup: [score('ab'), score('c')] }] } as typeof known;
    const left = restrictTo(before, [idOf('a'), idOf('c')]);
    expect(left).toMatchObject({ comparability: [], conclusion: null, bands: [{ group: 'c' }] });
    expect(left.metrics[0]?.perGroup).toEqual([score('c')]);
  });

  it('is the same object when all runs are kept', () => {
    expect(restrictTo(known, [idOf('a'), idOf('b'), idOf('c')])).toBe(known);
  });
});

import { describe, expect, it } from 'vitest';
import { metricsOf, readCurveView, readRuns, writeCurveView, writeRuns } from './view';

const a = '019a0000-0000-7000-8000-00000000000a';
const b = '019a0000-0000-7000-8000-00000000000b';

describe('the view in the URL', () => {
  it('survives a round trip', () => {
    const address = `run=${a}&run=${b}&metric=loss&split=both&x=time&y=log&smooth=0.6&by=groups&hide=${a}`;
    const again = new URLSearchParams(`run=${a}&run=${b}`);
    writeCurveView(readCurveView(new URLSearchParams(address)), again);
    expect(again.toString()).toBe(address);
  });

  it('omits defaults', () => {
    const search = new URLSearchParams();
    writeCurveView(readCurveView(search), search);
    expect(search.toString()).toBe('');
  });

  it('ignores invalid values', () => {
    const view = readCurveView(new URLSearchParams('metric=beauty&x=moon&smooth=lots&by=colour'));
    expect(view).toMatchObject({ family: 'accuracy', axis: 'epoch', smoothing: 0, by: 'runs' });
    expect(readCurveView(new URLSearchParams('smooth=7')).smoothing).toBe(0.99);
    expect(readCurveView(new URLSearchParams('smooth=-1')).smoothing).toBe(0);
  });
});

describe('the runs in the URL', () => {
  it('have no duplicates and no invalid ids', () => {
    expect(readRuns(new URLSearchParams(`run=${a}&run=nonsense&run=${b}&run=${a}`))).toEqual([a, b]);
  });

  it('are no longer hidden when removed', () => {
    const search = new URLSearchParams(`run=${a}&run=${b}&hide=${a}&hide=5fd2c1`);
    writeRuns([b], search);
    expect(search.toString()).toBe(`run=${b}&hide=5fd2c1`);
  });
});

describe('metricsOf', () => {
  it.each([
    ['loss', 'validation', ['validation_loss']],
    ['accuracy', 'both', ['validation_accuracy', 'train_accuracy']],
    ['learning_rate', 'train', ['learning_rate']],
  ] as const)('of %s on %s', (family, split, metrics) => expect(metricsOf({ family, split })).toEqual(metrics));
});

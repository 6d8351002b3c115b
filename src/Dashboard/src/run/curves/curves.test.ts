import { describe, expect, it } from 'vitest';
import { detail, diverged, entry, epoch, progress, started, state } from '../../testing/samples';
import { emptyHistory, fold } from '../history/runHistory';
import { runStatus } from '../history/status';
import { type CurveStyle, curvesOf, divergenceOf, type XAxis, xEndOf } from './curves';

const styleOf = (axis: XAxis): CurveStyle => ({
  axis,
  smoothing: 0,
  zoom: null,
  isLogX: false,
  isLogY: true,
  ignoresOutliers: false,
});

const explosion = [16, 17, 18].map((step, index) => ({ step, loss: 10 ** index }));
const failed = {
  ...diverged('It is NaN.'),
  step: 19,
  lastFinite: { step: 18, trainLoss: 100, gradientNorm: null, stepLosses: explosion },
};
const inSecondEpoch = fold(emptyHistory, [
  entry(1, started()),
  entry(2, progress(5)),
  entry(3, epoch(1)),
  entry(4, progress(15, { elapsedSeconds: 30 })),
  entry(5, progress(18, { elapsedSeconds: 36 })),
  entry(6, failed),
  entry(7, state('failed')),
]);
const pointsOf = (history: typeof inSecondEpoch, axis: XAxis, metric: 'loss' | 'accuracy' = 'loss') =>
  Object.fromEntries(curvesOf(history, undefined, metric, styleOf(axis)).map(({ id, points }) => [id, points]));

describe('curvesOf', () => {
  it('has a line of its own for the last steps before a divergence', () => {
    const [steps, , , last] = curvesOf(inSecondEpoch, undefined, 'loss', styleOf('step'));
    expect(steps).toMatchObject({ id: 'train-steps', look: 'faint' });
    expect(steps?.points.map(([step]) => step)).toEqual([5, 15]);
    expect(last).toMatchObject({ id: 'last-steps', look: 'line' });
    expect(last?.points).toEqual([
      [16, 1],
      [17, 10],
      [18, 100],
    ]);
  });

  it('has one line of all steps where no epoch ended', () => {
    const history = fold(emptyHistory, [entry(1, started()), entry(2, progress(5)), entry(3, failed)]);
    const curves = curvesOf(history, undefined, 'loss', styleOf('step'));
    expect(curves.map(({ id }) => id)).toEqual(['train-steps', 'train', 'validation']);
    expect(curves[0]?.look).toBe('line');
    expect(curves[0]?.points.map(([step]) => step)).toEqual([5, 16, 17, 18]);
  });

  it('spreads the last steps over the training time', () => {
    const seconds = pointsOf(inSecondEpoch, 'time')['last-steps']?.map(([at]) => at);
    expect(seconds).toEqual([32, 34, 36]);
  });

  it('has the accuracy of the last steps as it was measured', () => {
    const { 'train-steps': steps, 'last-steps': last } = pointsOf(inSecondEpoch, 'step', 'accuracy');
    expect(steps?.map(([step]) => step)).toEqual([5, 15, 18]);
    expect(last).toBeUndefined();
  });
});

describe('divergenceOf', () => {
  it.each([
    ['epoch', 1.9],
    ['step', 19],
    ['time', 38],
  ] as const)('is within the axis %s', (axis, at) => {
    expect(divergenceOf(inSecondEpoch, axis)).toMatchObject([{ axis: 'x', at }]);
    const status = runStatus(detail({ lastSeq: 1 }), inSecondEpoch);
    expect(xEndOf(axis, inSecondEpoch, status)).toBeGreaterThanOrEqual(at);
  });
});

describe('xEndOf', () => {
  it('is the planned end while the run is in progress, so that the axis does not change', () => {
    const history = fold(emptyHistory, [entry(1, state('running')), entry(2, started()), entry(4, epoch(1))]);
    const status = runStatus(detail({ epochs: 40 }), history);
    expect(xEndOf('epoch', history, status)).toBe(40);
    expect(xEndOf('step', history, status)).toBe(40 * (history.started?.stepsPerEpoch ?? 0));
  });
});

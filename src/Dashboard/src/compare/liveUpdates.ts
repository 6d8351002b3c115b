import type { RunSummary } from '../api/types';
import { type Comparison, goalOf, isBetter, type MetricValue } from './comparison';

type Values = Pick<RunSummary, 'trainLoss' | 'trainAccuracy' | 'validationLoss' | 'validationAccuracy'>;
const fields: Readonly<Record<string, keyof Values>> = {
  train_loss: 'trainLoss',
  train_accuracy: 'trainAccuracy',
  validation_loss: 'validationLoss',
  validation_accuracy: 'validationAccuracy',
};

/**
 * The comparison with updates of the stream applied: states, last points and best values. A summary has the newest epoch only, so an
 * epoch may be missing until the comparison is refetched.
 */
export function applyUpdates(comparison: Comparison, changed: readonly RunSummary[]): Comparison {
  const updates = new Map(changed.map((run) => [run.id, run]));
  const fresh = new Map(
    comparison.runs.flatMap((run) => {
      const change = updates.get(run.id);
      return change !== undefined && change.lastSeq > run.lastSeq ? [[run.id, change] as const] : [];
    }),
  );
  if (fresh.size === 0) {
    return comparison;
  }
  return {
    ...comparison,
    runs: comparison.runs.map((run) => ({ ...run, ...fresh.get(run.id) })),
    curves: comparison.curves.map((curve) => {
      const run = fresh.get(curve.run);
      const point = run === undefined ? null : newestPoint(run, curve.metric);
      const last = curve.points.at(-1);
      return point === null || (last !== undefined && point.epoch <= last.epoch)
        ? curve
        : { ...curve, points: [...curve.points, point] };
    }),
    metrics: comparison.metrics.map((metric) => ({
      ...metric,
      perRun: metric.perRun.map((score) => {
        const run = fresh.get(score.run);
        const value = run === undefined ? null : valueIn(run, metric.metric);
        const goal = goalOf(metric.metric);
        if (run === undefined || value === null || goal === null) {
          return score;
        }
        const better = score.best === null || isBetter(goal, value, score.best);
        return { ...score, latest: value, ...(better ? { best: value, bestEpoch: run.epoch } : {}) };
      }),
    })),
  };
}

/** The comparison restricted to some runs, without what is said about all of them or about groups that have changed, until the service has compared these. */
export function restrictTo(comparison: Comparison, kept: readonly string[]): Comparison {
  const isKept = new Set(kept);
  if (comparison.runs.every(({ id }) => isKept.has(id))) {
    return comparison;
  }
  const whole = new Set(
    comparison.groups.filter(({ runs }) => runs.every((id) => isKept.has(id))).map(({ key }) => key),
  );
  return {
    ...comparison,
    runs: comparison.runs.filter(({ id }) => isKept.has(id)),
    groups: comparison.groups
      .map((group) => ({ ...group, runs: group.runs.filter((id) => isKept.has(id)) }))
      .filter(({ runs }) => runs.length > 0),
    curves: comparison.curves.filter(({ run }) => isKept.has(run)),
    metrics: comparison.metrics.map((metric) => ({
      ...metric,
      perRun: metric.perRun.filter(({ run }) => isKept.has(run)),
      perGroup: metric.perGroup.filter(({ group }) => whole.has(group)),
    })),
    bands: comparison.bands.filter(({ group }) => whole.has(group)),
    comparability: [],
    conclusion: null,
  };
}

function valueIn(run: RunSummary, metric: string): number | null {
  const field = fields[metric];
  return field === undefined ? null : run[field];
}

function newestPoint(run: RunSummary, metric: string): MetricValue | null {
  const value = valueIn(run, metric);
  if (value === null || run.epoch === 0) {
    return null;
  }
  const step = run.epochs > 0 && run.totalSteps > 0 ? Math.round((run.totalSteps / run.epochs) * run.epoch) : run.step;
  return { epoch: run.epoch, step, value, seconds: run.elapsedSeconds, min: null, max: null };
}

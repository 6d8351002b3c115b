import { pointerLabel } from '../../text/labels';
import { settingText } from '../../text/settings';
import type { Comparison, MetricGoal } from '../comparison';
import { metricLabel } from '../format';

/** Something in which runs differ: a setting, a best value, or the training time. */
export interface Variable {
  /** `param:/training/optimizer/name`, `best:validation_accuracy` or `elapsed`. */
  readonly id: string;
  readonly label: string;
  readonly kind: 'number' | 'category';
  /** Which direction is better; null for settings. */
  readonly goal: MetricGoal | null;
  readonly isShare: boolean;
  readonly valueOf: (run: string) => number | string | null;
  /** The values of a category, sorted. */
  readonly categories: readonly string[];
  /** Number of distinct values. */
  readonly distinct: number;
}

/** The settings that differ, the seed last. */
export function settingsOf({ differences, runs }: Comparison): readonly Variable[] {
  const ordered = [...differences].sort((a, b) => Number(a.replicate) - Number(b.replicate));
  return ordered.map(({ pointer, label, values }) => {
    const known = runs.map(({ id }) => values[id] ?? null);
    const isNumber = known.every((value) => value === null || typeof value === 'number');
    const read = (run: string) => {
      const value = values[run] ?? null;
      return value === null || isNumber ? (value as number | null) : settingText(pointer, value);
    };
    const categories = isNumber
      ? []
      : [...new Set(known.flatMap((value) => (value === null ? [] : [settingText(pointer, value)])))];
    return {
      id: `param:${pointer}`,
      label: pointerLabel(pointer, label),
      kind: isNumber ? 'number' : 'category',
      goal: null,
      isShare: false,
      valueOf: read,
      categories: categories.sort(),
      distinct: new Set(known.filter((value) => value !== null)).size,
    };
  });
}

/** Whether a setting has at least two values, unlike the parameters of a technique that all its runs share. */
export const isInformative = ({ distinct }: Variable): boolean => distinct > 1;

/** The best value of each metric, and the training time. */
export function resultsOf({ metrics, runs }: Comparison, elapsedLabel: string): readonly Variable[] {
  const scores = metrics.map(({ metric, goal, perRun }): Variable => {
    const best = new Map(perRun.map((score) => [score.run, score.best]));
    return {
      id: `best:${metric}`,
      label: metricLabel(metric),
      kind: 'number',
      goal,
      isShare: metric.endsWith('_accuracy'),
      valueOf: (run) => best.get(run) ?? null,
      categories: [],
      distinct: new Set(best.values()).size,
    };
  });
  const elapsed = new Map(runs.map((run) => [run.id, run.elapsedSeconds]));
  return [
    ...scores,
    {
      id: 'elapsed',
      label: elapsedLabel,
      kind: 'number',
      goal: 'minimize',
      isShare: false,
      valueOf: (run) => elapsed.get(run) ?? null,
      categories: [],
      distinct: elapsed.size,
    },
  ];
}

/** The variable of an id, else the default one, else the first. */
export const variableById = (
  variables: readonly Variable[],
  id: string | null,
  fallback: string,
): Variable | undefined =>
  variables.find((one) => one.id === id) ?? variables.find((one) => one.id === fallback) ?? variables[0];

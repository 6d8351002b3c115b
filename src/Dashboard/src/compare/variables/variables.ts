import type { Comparison, MetricGoal, ParameterValue } from '../comparison';
import { labelOfMetric, labelOfPointer } from '../words';

/** Something in which runs differ: a setting, a best value, or the time of training. The axes of the charts are made of them. */
export interface Variable {
  /** `param:/training/optimizer/name`, `best:validation_accuracy` or `elapsed`. */
  readonly id: string;
  readonly label: string;
  readonly kind: 'number' | 'category';
  /** Which direction is better; null for settings. */
  readonly goal: MetricGoal | null;
  readonly isShare: boolean;
  readonly valueOf: (run: string) => number | string | null;
  /** The values of a category in their order. */
  readonly categories: readonly string[];
  /** How many different values there are. */
  readonly variety: number;
}

/** The settings that differ, the seed last. */
export function settingsOf({ differences, runs }: Comparison): readonly Variable[] {
  const ordered = [...differences].sort((a, b) => Number(a.replicate) - Number(b.replicate));
  return ordered.map(({ pointer, label, values }) => {
    const known = runs.map(({ id }) => values[id] ?? null);
    const isNumber = known.every((value) => value === null || typeof value === 'number');
    const read = (run: string) => {
      const value = values[run] ?? null;
      return value === null || isNumber ? (value as number | null) : words(value);
    };
    const categories = isNumber ? [] : [...new Set(known.flatMap((value) => (value === null ? [] : [words(value)])))];
    return {
      id: `param:${pointer}`,
      label: labelOfPointer(pointer, label),
      kind: isNumber ? 'number' : 'category',
      goal: null,
      isShare: false,
      valueOf: read,
      categories: categories.sort(),
      variety: new Set(known.filter((value) => value !== null)).size,
    };
  });
}

const words = (value: ParameterValue): string => String(value);

/** Whether a setting has two values at least. One that only some techniques have, as the betas of Adam, says what their name says already. */
export const isTelling = ({ variety }: Variable): boolean => variety > 1;

/** The best value of each metric, and the time of training. */
export function resultsOf({ metrics, runs }: Comparison, elapsedLabel: string): readonly Variable[] {
  const scores = metrics.map(({ metric, goal, perRun }): Variable => {
    const best = new Map(perRun.map((score) => [score.run, score.best]));
    return {
      id: `best:${metric}`,
      label: labelOfMetric(metric),
      kind: 'number',
      goal,
      isShare: metric.endsWith('_accuracy'),
      valueOf: (run) => best.get(run) ?? null,
      categories: [],
      variety: new Set(best.values()).size,
    };
  });
  const elapsed = new Map(runs.map((run) => [run.id, run.elapsedSeconds]));
  return [
    ...scores,
    {
      id: 'elapsed',
      label: elapsedLabel,
      kind: 'number',
      goal: 'min',
      isShare: false,
      valueOf: (run) => elapsed.get(run) ?? null,
      categories: [],
      variety: elapsed.size,
    },
  ];
}

/** The variable that the address names, else the usual one, else the first. */
export const chosen = (variables: readonly Variable[], id: string | null, usual: string): Variable | undefined =>
  variables.find((one) => one.id === id) ?? variables.find((one) => one.id === usual) ?? variables[0];

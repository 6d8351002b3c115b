import { metricLabel } from '../compare/format';
import type { LineStyle } from '../compare/lineStyle';
import type { Variable } from '../compare/variables/variables';
import { valueText } from './assignment';
import type { StudyDetail, TrialEntry } from './useStudies';

/** The parameters of a study and its metric, as variables of its trials; the id of a trial is its number. */
export function variablesOf(
  { definition, metric, goal }: Pick<StudyDetail, 'definition' | 'metric' | 'goal'>,
  trials: readonly TrialEntry[],
): { settings: readonly Variable[]; value: Variable } {
  const byId = new Map(trials.map((trial) => [String(trial.number), trial]));
  const settings = definition.parameters.map(({ name, kind }): Variable => {
    const isNumber = kind !== 'categorical';
    const read = (id: string): number | string | null => {
      const value: unknown = byId.get(id)?.assignment[name];
      return value === undefined ? null : isNumber && typeof value === 'number' ? value : valueText(value);
    };
    const known = trials.map(({ number }) => read(String(number))).filter((value) => value !== null);
    const categories = isNumber ? [] : [...new Set(known.map(String))].sort();
    return {
      id: `param:${name}`,
      label: name,
      kind: isNumber ? 'number' : 'category',
      goal: null,
      isShare: false,
      valueOf: read,
      categories,
      distinct: new Set(known).size,
    };
  });
  const values = new Set(trials.map(({ value }) => value));
  const value: Variable = {
    id: `best:${metric}`,
    label: metricLabel(metric),
    kind: 'number',
    goal,
    isShare: metric.endsWith('_accuracy'),
    valueOf: (id) => byId.get(id)?.value ?? null,
    categories: [],
    distinct: values.size,
  };
  return { settings, value };
}

/** One hue, its four shades by quarter: the darkest are the best. Stopped trials are dashed. */
export function stylesOf(
  { goal }: Pick<StudyDetail, 'goal'>,
  trials: readonly TrialEntry[],
): ReadonlyMap<string, LineStyle> {
  const sign = goal === 'minimize' ? 1 : -1;
  const ranked = trials
    .filter(({ value }) => value !== null)
    .toSorted((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)));
  return new Map(
    ranked.map(({ number, state }, place) => {
      const quarter = Math.floor((4 * place) / ranked.length) + 1;
      return [
        String(number),
        {
          color: quarter === 1 ? '--line-1' : `--line-1-${quarter}`,
          dash: state === 'stopped' ? [4, 3] : [],
          marker: state === 'stopped' ? ('diamond' as const) : ('circle' as const),
        },
      ];
    }),
  );
}

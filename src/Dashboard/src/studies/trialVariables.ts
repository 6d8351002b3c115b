import type { Catalog } from '../api/types';
import { metricLabel } from '../compare/format';
import type { LineStyle } from '../compare/lineStyle';
import type { Variable } from '../compare/variables/variables';
import { settingText } from '../text/settingText';
import type { StudyDetail, TrialEntry } from './useStudies';

/** Of numbers in charts. */
const digits = 3;

const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(digits)));

/** The parameters of a study and its metric, as variables of its trials; the id of a trial is its number. */
export function variablesOf(
  { definition, metric, goal }: Pick<StudyDetail, 'definition' | 'metric' | 'goal'>,
  trials: readonly TrialEntry[],
  catalog?: Catalog,
): { settings: readonly Variable[]; value: Variable } {
  const byId = new Map(trials.map((trial) => [String(trial.number), trial]));
  const isProposed = definition.method.name !== 'grid';
  const settings = definition.parameters.map(({ name, kind }): Variable => {
    const isNumber = kind !== 'categorical';
    const read = (id: string): number | string | null => {
      const value: unknown = byId.get(id)?.assignment[name];
      return value === undefined
        ? null
        : isNumber && typeof value === 'number'
          ? rounded(value)
          : settingText(value, catalog);
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
      // Proposed numbers are not round: their axis has round ticks, however few there are.
      distinct: isNumber && isProposed && new Set(known).size > 1 ? Number.POSITIVE_INFINITY : new Set(known).size,
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

const hues = 8;

/** Whether a study compares a few settings over seeds, instead of searching. */
export const isComparison = ({ definition }: Pick<StudyDetail, 'definition'>, trials: readonly TrialEntry[]): boolean =>
  definition.seeds.length > 1 &&
  trials.length <= hues &&
  definition.parameters.every(({ kind }) => kind === 'categorical');

/** The hue of a setting that is compared with others. */
export const hueOf = (trial: number): string => `--line-${(trial % hues) + 1}`;

/**
 * Of a comparison, a hue for each setting. Of a search, one hue and four shades by quarter: the best have the most contrast. Stopped
 * trials are dashed.
 */
export function stylesOf(
  study: Pick<StudyDetail, 'goal' | 'definition'>,
  trials: readonly TrialEntry[],
): ReadonlyMap<string, LineStyle> {
  if (isComparison(study, trials)) {
    return new Map(
      trials.map(({ number }) => [String(number), { color: hueOf(number), dash: [], marker: 'circle' as const }]),
    );
  }
  const { goal } = study;
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
          color: `--trial-${quarter}`,
          dash: state === 'stopped' ? [4, 3] : [],
          marker: state === 'stopped' ? ('diamond' as const) : ('circle' as const),
        },
      ];
    }),
  );
}

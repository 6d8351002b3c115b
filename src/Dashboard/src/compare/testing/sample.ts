import { summary } from '../../testing/samples';
import { type ComparedRun, type Comparison, goalOf, isBetter, type ParameterValue } from '../comparison';

/** A run with a short name and a valid id. */
export const run = (name: string, changes: Partial<ComparedRun> = {}): ComparedRun => ({
  ...summary({ name, state: 'succeeded', ...changes }),
  id: idOf(name),
  findings: 0,
});

export const idOf = (name: string): string =>
  `019a0000-0000-7000-8000-${name.charCodeAt(0).toString(16).padStart(12, '0')}`;

interface Parts {
  runs?: readonly ComparedRun[];
  /** Values by pointer, in the order of the runs. */
  differences?: Readonly<Record<string, readonly (ParameterValue | null)[]>>;
  /** Values by epoch from 1, by metric and name of the run. An epoch takes 10 steps and 2 seconds. */
  curves?: Readonly<Record<string, Readonly<Record<string, readonly (number | null)[]>>>>;
  /** Names of the runs of each group. */
  groups?: readonly (readonly string[])[];
}

/** A comparison as the service returns it, with best values from the curves. */
export function comparison({
  runs = [run('a'), run('b')],
  differences = {},
  curves = {},
  groups,
}: Parts = {}): Comparison {
  const grouped = groups ?? runs.map(({ name }) => [name]);
  return {
    runs: [...runs],
    differences: Object.entries(differences).map(([pointer, values]) => ({
      pointer,
      label: pointer.slice(1).replaceAll('/', ' '),
      replicate: pointer === '/seed',
      // The service sends null for missing members; the generated type lacks null.
      values: Object.fromEntries(runs.map(({ id }, index) => [id, values[index] ?? null])) as Record<
        string,
        ParameterValue
      >,
    })),
    groups: grouped.map((names) => ({
      key: names.join(''),
      label: `setting ${names[0]}`,
      parts: [],
      runs: names.map(idOf),
    })),
    metrics: Object.entries(curves).flatMap(([metric, byRun]) => {
      const goal = goalOf(metric);
      return goal === null
        ? []
        : [
            {
              metric,
              goal,
              perRun: Object.entries(byRun).map(([name, values]) => {
                const known = values.filter((value) => value !== null);
                const best = known.length === 0 ? null : known.reduce((a, b) => (isBetter(goal, b, a) ? b : a));
                return {
                  run: idOf(name),
                  best,
                  bestEpoch: best === null ? null : values.indexOf(best) + 1,
                  latest: values.at(-1) ?? null,
                };
              }),
              perGroup: [],
            },
          ];
    }),
    curves: Object.entries(curves).flatMap(([metric, byRun]) =>
      Object.entries(byRun).map(([name, values]) => ({
        metric,
        run: idOf(name),
        points: values.map((value, index) => ({
          epoch: index + 1,
          step: (index + 1) * 10,
          value,
          seconds: (index + 1) * 2,
          min: null,
          max: null,
        })),
      })),
    ),
    bands: [],
    comparability: [],
    conclusion: null,
  };
}

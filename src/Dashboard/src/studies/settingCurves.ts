import type { Band, Series } from '../charts/series';
import { meansOf } from '../compare/curves/lines';
import { hueOf } from './trialVariables';
import type { StudyDetail, TrialEntry } from './useStudies';

const shades = 4;

/** The shade of a seed in the hue of its setting, as in the comparison of runs. */
export function shadeOf({ definition }: Pick<StudyDetail, 'definition'>, trial: number, seed: number): string {
  const shade = Math.max(0, definition.seeds.indexOf(seed)) % shades;
  return `${hueOf(trial)}${shade === 0 ? '' : `-${shade + 1}`}`;
}

/** The number of the trial, as in the id of its mean, of what belongs to it. */
export const settingOf = (id: string): string => id.split(' ')[0] ?? id;

/** Of each setting a thin curve for each seed, below their mean and a band of one standard deviation. */
export function settingCurves(
  study: Pick<StudyDetail, 'definition' | 'metric'>,
  trials: readonly TrialEntry[],
  nameOf: (trial: TrialEntry) => string,
  seedName: (seed: number) => string,
): { series: readonly Series[]; bands: readonly Band[] } {
  const view = {
    axis: 'epoch' as const,
    smoothing: 0,
    isLog: false,
    family: study.metric.endsWith('_accuracy') ? ('accuracy' as const) : ('loss' as const),
  };
  const settings = trials.map((trial) => {
    const name = nameOf(trial);
    const seeds = (trial.seedCurves ?? []).filter(({ points }) => points.length > 0);
    const means = meansOf(
      seeds.map(({ seed, points }) => ({
        run: String(seed),
        metric: study.metric,
        points: points.map((point) => ({ ...point, step: 0, seconds: null, min: null, max: null })),
      })),
      view,
    );
    return { trial, name, seeds, means };
  });
  const single = settings.flatMap(({ trial: { number }, name, seeds }) =>
    seeds.map(({ seed, points }): Series => {
      return {
        id: `${number} ${seed}`,
        name: `${name}, ${seedName(seed)}`,
        color: shadeOf(study, number, seed),
        look: 'faint',
        points: points.map(({ epoch, value }) => [epoch, value]),
      };
    }),
  );
  const mean = settings.map(
    ({ trial: { number }, name, means }): Series => ({
      id: String(number),
      name,
      color: hueOf(number),
      look: 'line',
      points: means.map(({ x, mean }) => [x, mean]),
    }),
  );
  const bands = settings
    .filter(({ means }) => means.some(({ n }) => n > 1))
    .map(
      ({ trial: { number }, means }): Band => ({
        id: `${number} band`,
        color: hueOf(number),
        points: means.map(({ x, low, high }) => [x, low, high]),
      }),
    );
  return { series: [...single, ...mean], bands };
}

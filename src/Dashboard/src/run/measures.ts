import type { RunFinding } from '../api/types';
import { brief } from '../text/format';
import { humanize } from '../text/labels';
import { text } from '../text/text';
import { formatStatistic, type Statistic } from './layers/statistics';

type Item = RunFinding['evidence'][number];

/** A quantity that was measured in several layers at once. */
export interface LayerEvidence {
  readonly name: string;
  readonly epoch: number | null;
  readonly limit: number | null;
  readonly values: readonly { readonly layer: string; readonly value: number }[];
}

/** Separates what was measured in at least two layers at the same time from the other values. */
export function evidenceOf(evidence: readonly Item[]): {
  layers: readonly LayerEvidence[];
  others: readonly Item[];
} {
  const isOfLayer = ({ layer, value }: Item) => layer !== null && value !== null;
  const groups = new Map<string, Item[]>();
  for (const one of evidence.filter(isOfLayer)) {
    const key = `${one.name} ${one.epoch}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const drawn = [...groups.values()].filter((group) => group.length > 1);
  const isDrawn = new Set(drawn.flat());
  return {
    layers: drawn.flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : [
            {
              name: first.name,
              epoch: first.epoch,
              limit: first.limit,
              values: [first, ...rest].map(({ layer, value }) => ({ layer: layer ?? '', value: value ?? 0 })),
            },
          ],
    ),
    others: evidence.filter((one) => !isDrawn.has(one)),
  };
}

/** The layer statistic that is the same quantity. */
export const statisticOf = (measure: string): Statistic | undefined => shownAs[measure];

/** The layer statistic that shows where a measured quantity comes from: that of its layers, also for a mean or ratio over layers. */
export const pictureOf = (measure: string): Statistic | undefined =>
  measure.startsWith('output_gradient_') ? 'activation-gradient' : shownAs[measure.replace(/_(?:mean|median)$/, '')];

/** The chart of the overview that shows where a measured quantity comes from, by the id of its card; null for none. */
export const chartOf = (measure: string): 'loss' | 'accuracy' | 'rate' | null =>
  measure === 'learning_rate'
    ? 'rate'
    : /_loss$/.test(measure)
      ? 'loss'
      : /_accuracy$|(?:^|_)gap(?:_|$)/.test(measure)
        ? 'accuracy'
        : null;

const shownAs: Readonly<Record<string, Statistic>> = {
  activation_std: 'activation-std',
  dead_share: 'dead-share',
  output_gradient_norm: 'activation-gradient',
  parameter_gradient_norm: 'gradient-norm',
  saturated_share: 'saturated-share',
  update_ratio: 'update-ratio',
  weight_std: 'weight-std',
};

/** The name of a measured quantity; a layer statistic has the same name wherever it is shown. */
export function measureOf(name: string): string {
  const statistic = statisticOf(name);
  return statistic === undefined
    ? (text.findings.measures[name] ?? humanize(name))
    : text.observed.statistics[statistic];
}

/** The format of a measured quantity; a layer statistic has the same one wherever it is shown. */
export function formatOf(name: string): (value: number) => string {
  const statistic = statisticOf(name);
  return statistic === undefined ? brief : formatStatistic(statistic);
}

import type { LayerObservation } from '../../api/types';
import { brief, percent } from '../../text/format';

/** Statistics of a layer. */
export const statistics = {
  'activation-std': ({ activation }) => activation?.std ?? null,
  'activation-mean': ({ activation }) => activation?.mean ?? null,
  'zero-share': ({ activation }) => activation?.zeroShare ?? null,
  'dead-share': ({ activation }) => activation?.deadShare ?? null,
  'saturated-share': ({ activation }) => activation?.saturatedShare ?? null,
  'gradient-norm': ({ gradient }) => gradient?.norm ?? null,
  'gradient-std': ({ gradient }) => gradient?.std ?? null,
  'activation-gradient': ({ activationGradientNorm }) => activationGradientNorm,
  'weight-norm': ({ weight }) => weight?.norm ?? null,
  'weight-std': ({ weight }) => weight?.std ?? null,
  'update-ratio': ({ updateRatio }) => updateRatio,
  'unit-spread': ({ unitSpread }) => unitSpread,
} as const satisfies Record<string, (layer: LayerObservation) => number | null>;

export type Statistic = keyof typeof statistics;

export const statisticNames = Object.keys(statistics) as Statistic[];

export const asStatistic = (value: string | null): Statistic =>
  statisticNames.find((name) => name === value) ?? 'activation-std';

/** Shares have a fixed range of 0 to 1, so that a colour means the same in every run. */
export const isShare = (statistic: Statistic): boolean => statistic.endsWith('-share');

/** The format of a statistic. */
export const formatStatistic = (statistic: Statistic): ((value: number) => string) =>
  isShare(statistic) ? percent : brief;

/** The view of a run that shows a statistic of all layers and epochs, and for gradients their histograms. */
export const statisticAddress = (id: string, statistic: Statistic): string =>
  `/runs/${id}?tab=layers&statistic=${statistic}${statistic.includes('gradient') ? '&tensor=gradient' : ''}`;

/** A row of the heat map: one layer, a value per epoch. */
export interface MapRow {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

interface Observed {
  readonly layers: readonly { layer: number; name: string }[];
  readonly epochs: readonly { epoch: number; layers: readonly LayerObservation[] }[];
}

/** The heat map of a statistic; layers without it are omitted. */
export function mapOf({ layers, epochs }: Observed, statistic: Statistic): MapRow[] {
  const read = statistics[statistic];
  return layers
    .map(({ layer, name }) => ({
      label: name,
      values: epochs.map((epoch) => {
        const found = epoch.layers.find((one) => one.layer === layer);
        return found === undefined ? null : read(found);
      }),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
}

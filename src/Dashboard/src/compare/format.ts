import type { PlotTick } from '../charts/PlotFrame';
import { brief, loss, percent, percentTick, tick } from '../text/format';
import { text } from '../text/text';
import type { Scale } from './variables/scale';
import type { Variable } from './variables/variables';

const metrics: Readonly<Record<string, string>> = text.compare.metrics;

export const metricLabel = (metric: string): string => metrics[metric] ?? metric.replaceAll('_', ' ');

export const formatMetric = (metric: string, value: number | null | undefined): string =>
  metric.endsWith('_accuracy') ? percent(value) : loss(value);

/** A standard deviation, with two significant digits. */
export const formatStd = (metric: string, value: number): string =>
  metric.endsWith('_accuracy') ? percent(value) : brief(Number(value.toPrecision(2)));

export const formatValue = (variable: Variable, value: number | string | null): string =>
  value === null
    ? text.units.none
    : typeof value === 'string'
      ? value
      : variable.isShare
        ? percent(value)
        : variable.goal === null
          ? tick(value)
          : loss(value);

/** A value at an axis, as short as possible. */
export const formatTick = (variable: Variable, value: number | string): string =>
  typeof value === 'string' ? value : variable.isShare ? percentTick(value) : tick(value);

/** The ticks of a variable's axis. */
export const ticksOf = (variable: Variable, { ticks }: Pick<Scale, 'ticks'>): readonly PlotTick[] =>
  ticks.map(({ share, value }) => ({ share, label: formatTick(variable, value) }));

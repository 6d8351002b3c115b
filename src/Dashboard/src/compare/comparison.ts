import type { components, operations } from '../api/schema';

type Schemas = components['schemas'];

export type Comparison = Schemas['Comparison'];
export type ComparedRun = Schemas['ComparedRun'];
export type ComparedCurve = Schemas['ComparedCurve'];
export type MetricValue = Schemas['MetricValue'];
export type MetricName = NonNullable<operations['compareRuns']['parameters']['query']['metric']>[number];
export type MetricGoal = Schemas['MetricGoal'];
export type ComparabilityNote = Schemas['ComparabilityNote'];
export type ParameterValue = Schemas['ParameterValue'];

/** Limits of the service. */
export const minimumRuns = 2;
export const maximumRuns = 100;

/** Requested points per curve: longer runs are downsampled by the service to what a chart can show. */
export const pointsPerCurve = 500;

/** The metric that ranks runs by default. */
export const mainMetric = 'validation_accuracy' satisfies MetricName;

export const goalOf = (metric: string): MetricGoal | null =>
  metric.endsWith('_loss') ? 'minimize' : metric.endsWith('_accuracy') ? 'maximize' : null;

export const isBetter = (goal: MetricGoal, value: number, than: number): boolean =>
  goal === 'minimize' ? value < than : value > than;

const order = ['validation_accuracy', 'validation_loss', 'train_accuracy', 'train_loss'];

/** Metrics in the order of tables. */
export const inTableOrder = <Metric extends { readonly metric: string }>(
  metrics: readonly Metric[],
): readonly Metric[] => [...metrics].sort((a, b) => rankOf(a.metric) - rankOf(b.metric));

const rankOf = (metric: string): number => (order.includes(metric) ? order.indexOf(metric) : order.length);

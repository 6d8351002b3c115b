import type { components, operations } from '../api/schema';

type Schemas = components['schemas'];

/** Runs side by side, as the service tells it. */
export type Comparison = Schemas['Comparison'];
export type ComparedRun = Schemas['ComparedRun'];
export type ComparedCurve = Schemas['ComparedCurve'];
export type MetricValue = Schemas['MetricValue'];
/** What is measured at each epoch. */
export type MetricName = NonNullable<operations['compareRuns']['parameters']['query']['metric']>[number];
export type MetricGoal = Schemas['MetricGoal'];
export type ComparabilityNote = Schemas['ComparabilityNote'];
export type ParameterValue = Schemas['ParameterValue'];

/** Fewest and most runs that the service compares. */
export const fewest = 2;
export const most = 100;

/**
 * Points that are asked for of each curve: a longer run is sent in buckets of epochs. More cannot be told apart on a chart, and would be
 * read again each time.
 */
export const pointsWanted = 500;

/** The metric by which runs are ranked unless a person says otherwise. */
export const mainMetric = 'validation_accuracy' satisfies MetricName;

export const goalOf = (metric: string): MetricGoal | null =>
  metric.endsWith('_loss') ? 'min' : metric.endsWith('_accuracy') ? 'max' : null;

/** Whether a value is better than another. */
export const isBetter = (goal: MetricGoal, value: number, than: number): boolean =>
  goal === 'min' ? value < than : value > than;

const places = ['validation_accuracy', 'validation_loss', 'train_accuracy', 'train_loss'];

/** Metrics as tables show them: what runs are judged by comes first. */
export const inTableOrder = <Metric extends { readonly metric: string }>(
  metrics: readonly Metric[],
): readonly Metric[] => [...metrics].sort((a, b) => placeOf(a.metric) - placeOf(b.metric));

const placeOf = (metric: string): number => (places.includes(metric) ? places.indexOf(metric) : places.length);

import { inWords } from '../newRun/form/names';
import { brief, loss, percent, tick } from '../text/format';
import { text } from '../text/text';

const metrics: Readonly<Record<string, string>> = text.compare.metrics;

export const labelOfMetric = (metric: string): string => metrics[metric] ?? metric.replaceAll('_', ' ');

/** The service names places in English; for another language the page has names of its own, by the last words of the pointer. */
export function labelOfPointer(pointer: string, english: string): string {
  if (text.locale === 'en') {
    return english.charAt(0).toUpperCase() + english.slice(1);
  }
  const segments = pointer.split('/').slice(1);
  const names: Readonly<Record<string, string>> = text.newRun.names;
  return segments
    .map((segment, index) => ({ segment, place: `/${segments.slice(0, index + 1).join('/')}` }))
    .filter(({ segment }, index) => segments.length === 1 || (index > 0 && segment !== 'name'))
    .map(({ segment, place }) =>
      /^\d+$/.test(segment) ? String(Number(segment) + 1) : (names[place] ?? names[segment] ?? inWords(segment)),
    )
    .join(' ');
}

/** A value of a metric: a share as percent, anything else with the digits that count. */
export const formatMetric = (metric: string, value: number | null | undefined): string =>
  metric.endsWith('_accuracy') ? percent(value) : loss(value);

/** A standard deviation: two digits say enough. */
export const formatSpread = (metric: string, value: number): string =>
  metric.endsWith('_accuracy') ? percent(value) : brief(Number(value.toPrecision(2)));

/** A setting: numbers as short as they are exact. */
export const formatSetting = (value: number | string | boolean | null | undefined): string =>
  value === null || value === undefined ? text.units.none : typeof value === 'number' ? tick(value) : String(value);

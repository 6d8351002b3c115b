import { wholePercent } from '../text/format';
import type { ConclusionMessages } from '../text/serverMessages';
import { text } from '../text/text';
import type { Comparison } from './comparison';
import { formatMetric, formatStd, metricLabel } from './format';
import { groupLabel, groupName, isLong } from './noteText';

type Conclusion = NonNullable<Comparison['conclusion']>;
type Setting = Conclusion['best'];

/** The conclusion in the language of the page; without a translation, in the service's English. */
export function conclusionText({ conclusion, groups, runs }: Comparison): string | null {
  if (conclusion === null) {
    return null;
  }
  const { code, metric, best, other, settings, undecided, requiredSeeds, message } = conclusion;
  const messages: Partial<ConclusionMessages> | null = text.compare.conclusion.messages;
  const sideOf = ({ group, n, mean, std }: Setting) => {
    const known = groups.find(({ key }) => key === group);
    const value = formatMetric(metric, mean);
    return {
      name: known === undefined ? group : groupName(known, runs),
      value: std === null ? value : text.compare.groups.value(value, formatStd(metric, std)),
      seeds: n,
    };
  };
  return (
    messages?.[code]?.({
      metric: metricLabel(metric),
      best: sideOf(best),
      other: other === null ? null : sideOf(other),
      settings,
      undecided,
      isEqual: other !== null && other.mean === best.mean,
      requiredSeeds,
    }) ?? message
  );
}

/** What a setting is called in full, where the sentence has no room for it. */
export interface LongSetting {
  readonly key: string;
  /** The name of its only run, or the number of runs. */
  readonly runs: string;
  readonly label: string;
}

/** The settings of a conclusion that are long. */
export function longSettings({ conclusion, groups, runs }: Comparison): readonly LongSetting[] {
  if (conclusion === null || conclusion.code === 'not_comparable' || conclusion.other === null) {
    return [];
  }
  return [conclusion.best, conclusion.other].flatMap(({ group }) => {
    const known = groups.find(({ key }) => key === group);
    const only = known?.runs.length === 1 ? runs.find(({ id }) => id === known.runs[0]) : undefined;
    return known === undefined || !isLong(known)
      ? []
      : [{ key: group, runs: only?.name ?? text.compare.heat.runs(known.runs.length), label: groupLabel(known) }];
  });
}

/** How much better the best is, as an interval: +1.2 to +3.4 points. */
export function intervalText({ conclusion }: Comparison): string | null {
  if (conclusion?.difference == null || conclusion.difference.high === conclusion.difference.low) {
    return null;
  }
  const { metric, difference } = conclusion;
  const isShare = metric.endsWith('_accuracy');
  const format = (value: number) =>
    `${value > 0 ? '+' : ''}${isShare ? (100 * value).toFixed(2) : value.toPrecision(3)}`;
  return text.compare.conclusion.interval(
    wholePercent(difference.confidence),
    format(difference.low),
    format(difference.high),
    isShare,
    difference.paired,
  );
}

import { wholePercent } from '../text/format';
import type { ConclusionMessages } from '../text/serverMessages';
import { text } from '../text/text';
import type { Comparison } from './comparison';
import { formatMetric, formatStd, metricLabel } from './format';
import { groupLabel } from './noteText';

type Conclusion = NonNullable<Comparison['conclusion']>;
type Setting = Conclusion['best'];

/** The conclusion in the language of the page; without a translation, in the service's English. */
export function conclusionText({ conclusion, groups }: Comparison): string | null {
  if (conclusion === null) {
    return null;
  }
  const { code, metric, best, other, settings, undecided, requiredSeeds, message } = conclusion;
  const messages: Partial<ConclusionMessages> | null = text.compare.conclusion.messages;
  const sideOf = ({ group, n, mean, std }: Setting) => {
    const known = groups.find(({ key }) => key === group);
    const value = formatMetric(metric, mean);
    return {
      name: known === undefined ? group : groupLabel(known),
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

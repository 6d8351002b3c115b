import { text } from '../text/text';
import type { Comparison } from './comparison';
import { conclusionText, intervalText } from './conclusion';
import { lineStylesOf } from './lineStyle';
import { Swatch } from './Swatch';

/** What the comparison shows, in one sentence. */
export function ConclusionCard({ comparison }: { comparison: Comparison }) {
  const sentence = conclusionText(comparison);
  const { conclusion } = comparison;
  if (sentence === null || conclusion === null) {
    return null;
  }
  const style = lineStylesOf(comparison).groups.get(conclusion.best.group);
  const interval = intervalText(comparison);
  return (
    <section
      className={`conclusion conclusion-${conclusion.code}`}
      aria-label={text.compare.conclusion.label}
      data-code={conclusion.code}
    >
      <p>
        {conclusion.other !== null && style !== undefined && <Swatch style={style} />} {sentence}
      </p>
      {interval !== null && <small>{interval}</small>}
    </section>
  );
}

import { text } from '../text/text';
import type { Comparison } from './comparison';
import { conclusionText, intervalText, longSettings } from './conclusion';
import { type LineStyle, lineStylesOf } from './lineStyle';
import { Swatch } from './Swatch';

/** What the comparison shows, in one sentence. */
export function ConclusionCard({ comparison }: { comparison: Comparison }) {
  const sentence = conclusionText(comparison);
  const { conclusion } = comparison;
  if (sentence === null || conclusion === null) {
    return null;
  }
  const styles = lineStylesOf(comparison).groups;
  const style = styles.get(conclusion.best.group);
  const long = longSettings(comparison);
  const interval = intervalText(comparison);
  return (
    <section
      className={`conclusion conclusion-${conclusion.code}`}
      aria-label={text.compare.conclusion.label}
      data-code={conclusion.code}
    >
      <p>
        {conclusion.other !== null && conclusion.code !== 'not_comparable' && <GroupSwatch style={style} />} {sentence}
      </p>
      {interval !== null && <small>{interval}</small>}
      {long.length > 0 && (
        <details>
          <summary>{text.compare.conclusion.settings}</summary>
          <dl>
            {long.map(({ key, runs, label }) => (
              <div key={key}>
                <dt>
                  <GroupSwatch style={styles.get(key)} /> {runs}
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

const GroupSwatch = ({ style }: { style: LineStyle | undefined }) =>
  style === undefined ? null : <Swatch style={style} />;

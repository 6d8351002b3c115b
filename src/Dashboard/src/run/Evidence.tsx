import type { RunFinding } from '../api/types';
import { heatScale } from '../charts/colormap';
import { headingOf } from '../design/Card';
import { Link } from '../navigation/navigation';
import { brief } from '../text/format';
import { text } from '../text/text';
import { statisticAddress } from './layers/statistics';
import { chartOf, evidenceOf, formatOf, type LayerEvidence, measureOf, pictureOf } from './measures';

const t = text.findings;
type Item = RunFinding['evidence'][number];

/** The measured values of a finding: a bar per layer, and the other values, each with a link to the statistic or the chart that it comes from. */
export function Evidence({ id, finding: { evidence, source } }: { id: string; finding: RunFinding }) {
  const { layers, others } = evidenceOf(evidence);
  return (
    <details>
      <summary>{t.evidence}</summary>
      {layers.map((one) => (
        <LayerBars key={`${one.name} ${one.epoch}`} id={id} evidence={one} />
      ))}
      <ul>
        {others.map((one) => (
          <OtherValue key={`${one.name} ${one.layer} ${one.epoch}`} id={id} evidence={one} />
        ))}
      </ul>
      <p className="card-note">{source}</p>
    </details>
  );
}

/** The least length of a bar on a logarithmic scale, where the smallest value has none. */
const shortest = 0.06;

function LayerBars({ id, evidence: { name, epoch, limit, values } }: { id: string; evidence: LayerEvidence }) {
  const format = formatOf(name);
  const known = values.map(({ value }) => value);
  const largest = Math.max(...known, limit ?? 0);
  const scale = heatScale(known);
  const lengthOf = (value: number) =>
    scale.isLog ? shortest + (1 - shortest) * scale.share(value) : largest > 0 ? value / largest : 0;
  const title = measureOf(name);
  return (
    <section className="evidence-bars" aria-label={title} data-measure={name}>
      <p>
        <b>
          <Measure id={id} name={name} />
        </b>{' '}
        <small>
          {epoch !== null && t.atEpoch(epoch)}
          {scale.isLog && t.logBars}
        </small>
      </p>
      <dl>
        {values.map(({ layer, value }) => (
          <div key={layer}>
            <dt className="mono">{layer}</dt>
            <dd>
              <i aria-hidden="true">
                <b style={{ width: `${lengthOf(value) * 100}%` }} />
                {limit !== null && !scale.isLog && <s style={{ left: `${(limit / largest) * 100}%` }} />}
              </i>
              <span>{format(value)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {limit !== null && (
        <small>
          {t.limit} {format(limit)}
        </small>
      )}
    </section>
  );
}

function OtherValue({ id, evidence: { name, layer, epoch, value, unit, limit } }: { id: string; evidence: Item }) {
  const format = formatOf(name);
  return (
    <li>
      <Measure id={id} name={name} />
      {layer !== null && `, ${layer}`}
      {epoch !== null && `, ${t.atEpoch(epoch)}`}: <b>{value === null ? t.notFinite : format(value)}</b>
      {unit !== null && ` ${unit}`}
      {limit !== null && ` (${t.limit} ${brief(limit)})`}
    </li>
  );
}

/** The name of a measured quantity, which leads to its picture: a layer statistic, or a chart beside the diagnosis. */
function Measure({ id, name }: { id: string; name: string }) {
  const title = measureOf(name);
  const statistic = pictureOf(name);
  const chart = chartOf(name);
  if (statistic !== undefined) {
    return (
      <Link href={statisticAddress(id, statistic)} title={t.inLayers}>
        {title}
      </Link>
    );
  }
  return chart === null ? (
    title
  ) : (
    <a href={`#${headingOf(chart)}`} title={t.inChart}>
      {title}
    </a>
  );
}

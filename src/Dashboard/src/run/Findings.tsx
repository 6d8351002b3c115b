import type { RunFinding } from '../api/types';
import { Card } from '../design/Card';
import { Link } from '../navigation/navigation';
import { brief } from '../text/format';
import { humanize } from '../text/labels';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import { useFindings } from './queries';

const order = ['problem', 'warning', 'info'] as const;

/** SVG path per severity. */
const shapes = {
  problem: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 11.6v1',
  warning: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v4M8 10.4v1',
  info: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 7v4M8 4.6v1',
};

/** The findings of the diagnosis, most severe first, each with its evidence and a link to a fork with the suggested fix. */
export function Findings({ id, canFork }: { id: string; canFork: boolean }) {
  const { data } = useFindings(id);
  const findings = [...(data?.findings ?? [])].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.seq - b.seq,
  );
  return (
    findings.length > 0 && (
      <Card title={text.findings.title}>
        <ul className="findings">
          {findings.map((finding) => (
            <FindingItem key={finding.seq} id={id} finding={finding} canFork={canFork} />
          ))}
        </ul>
      </Card>
    )
  );
}

function FindingItem({ id, finding, canFork }: { id: string; finding: RunFinding; canFork: boolean }) {
  const { severity, rule, message, epoch, evidence, source, suggestion, seq } = finding;
  return (
    <li className={`diagnosis diagnosis-${severity}`} data-rule={rule}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[severity]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      </svg>
      <div>
        <h3>
          <span className="visually-hidden">{text.findings.severities[severity]}: </span>
          {text.findings.rules[rule] ?? rule.replaceAll('_', ' ')} <small>{text.findings.atEpoch(epoch)}</small>
        </h3>
        <p>{translate('diagnosis', { ...finding, code: rule }, message)}</p>
        <details>
          <summary>{text.findings.evidence}</summary>
          <ul>
            {evidence.map((one) => (
              <li key={`${one.name} ${one.layer} ${one.epoch}`}>
                {[measureOf(one.name), one.layer, one.epoch === null ? null : text.findings.atEpoch(one.epoch)]
                  .filter((part) => part !== null)
                  .join(', ')}
                : <b>{one.value === null ? text.findings.notFinite : brief(one.value)}</b>
                {one.unit !== null && ` ${one.unit}`}
                {one.limit !== null && ` (${text.findings.limit} ${brief(one.limit)})`}
              </li>
            ))}
          </ul>
          <p className="card-note">{source}</p>
        </details>
        {suggestion !== null && (
          <p className="diagnosis-fix">
            {translate('suggestions', suggestion, suggestion.message)}{' '}
            {canFork && (
              <Link className="button button-small" href={`/new?from=${id}&fix=${seq}`}>
                {text.findings.fork}
              </Link>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

const measureOf = (name: string): string => text.findings.measures[name] ?? humanize(name);

import type { RunFinding } from '../api/types';
import { Card } from '../design/Card';
import { Icon } from '../design/Icon';
import { Link } from '../navigation/navigation';
import { brief } from '../text/format';
import { humanize } from '../text/labels';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import { useFindings } from './queries';

const order = ['problem', 'warning', 'info'] as const;

/** The findings of the diagnosis, most severe first, each with its evidence and a link to a fork with the suggested fix. */
export function Findings({ id, canFork }: { id: string; canFork: boolean }) {
  const { data } = useFindings(id);
  const findings = [...(data?.findings ?? [])].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.seq - b.seq,
  );
  return (
    findings.length > 0 && (
      <Card title={text.findings.title}>
        <ul className="findings stack">
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
    <li className={`note note-${severity}`} data-rule={rule}>
      <Icon shape={severity} />
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

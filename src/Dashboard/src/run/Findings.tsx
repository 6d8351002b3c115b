import { isUnknown } from '../api/problem';
import type { RunDetail, RunFinding } from '../api/types';
import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { errorMessage } from '../design/Problem';
import { Link } from '../navigation/navigation';
import { usePrinting } from '../navigation/printing';
import { useMedia } from '../navigation/theme';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import { useRunAction } from './actions/useRunAction';
import { Evidence } from './Evidence';
import { useFindings } from './queries';

const t = text.findings;
const order = ['problem', 'warning', 'info'] as const;
const titleOf = ({ rule }: RunFinding): string => t.rules[rule] ?? rule.replaceAll('_', ' ');

/** The findings of the diagnosis, most severe first: beside the curves where there is room, else in one line that opens. */
export function Findings({ run }: { run: RunDetail }) {
  const { data, error, refetch } = useFindings(run.id);
  const hasRoom = useMedia('(min-width: 1101px)');
  const isPrinting = usePrinting();
  const findings = [...(data?.findings ?? [])].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.seq - b.seq,
  );
  // A run that was deleted has none; its page says so.
  if (data === undefined && error !== null && !isUnknown(error)) {
    return (
      <p className="findings card" role="alert">
        {t.failed}: {errorMessage(error)}{' '}
        <button type="button" className="link" onClick={() => void refetch()}>
          {text.problem.retry}
        </button>
      </p>
    );
  }
  return (
    findings.length > 0 && (
      <details className="findings card" open={hasRoom || isPrinting}>
        <summary>
          <h2>{t.title}</h2> <small>{findings.map(titleOf).join(', ')}</small>
        </summary>
        <ul className="stack tight">
          {findings.map((finding) => (
            <FindingItem key={finding.seq} run={run} finding={finding} />
          ))}
        </ul>
      </details>
    )
  );
}

function FindingItem({ run, finding }: { run: RunDetail; finding: RunFinding }) {
  const { severity, rule, message, epoch } = finding;
  return (
    <li className={`note note-${severity}`} data-rule={rule}>
      <Icon shape={severity} />
      <div>
        <h3>
          <span className="visually-hidden">{t.severities[severity]}: </span>
          {titleOf(finding)} <small>{t.atEpoch(epoch)}</small>
        </h3>
        <p>{translate('diagnosis', { ...finding, code: rule }, message)}</p>
        <Evidence id={run.id} finding={finding} />
        <Fix run={run} finding={finding} />
      </div>
    </li>
  );
}

/** The suggested change, and the button that makes it: more epochs continue the run, any other change is a fork. */
function Fix({ run: { id, epochs, actions }, finding: { suggestion, seq } }: { run: RunDetail; finding: RunFinding }) {
  const mutation = useRunAction(id);
  const longer = suggestion?.changes.find(({ path }) => path === '/training/epochs')?.value;
  return (
    suggestion !== null && (
      <div className="stack tight">
        <p>{translate('suggestions', suggestion, suggestion.message)}</p>
        {suggestion.code === 'more_epochs' && typeof longer === 'number' && actions.extend.enabled ? (
          <Button
            small
            blocked={mutation.isPending}
            onClick={() => mutation.mutate({ action: 'extend', extension: { epochs: longer } })}
          >
            {t.extend(longer - epochs)}
          </Button>
        ) : (
          actions.fork.enabled && (
            <Link className="button button-small" href={`/new?from=${id}&fix=${seq}`}>
              {t.fork}
            </Link>
          )
        )}
      </div>
    )
  );
}

import { isTerminal, type RunDetail } from '../api/types';
import { PageTitle } from '../design/PageTitle';
import { PrintButton } from '../design/PrintButton';
import { ProgressBar } from '../design/ProgressBar';
import { StateBadge } from '../design/StateBadge';
import { addressOf, Link } from '../navigation/navigation';
import { useNow } from '../navigation/useNow';
import { useStudyName } from '../runs/useStudyName';
import { ago, dateTime, duration, epochOf, wholePercent } from '../text/format';
import { translate } from '../text/serverMessages';
import { techniquesOf } from '../text/settings';
import { text } from '../text/text';
import { RunActions } from './actions/RunActions';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';
import { LastUpdate } from './LastUpdate';
import { useParent } from './queries';

interface RunHeaderProps {
  run: RunDetail;
  status: RunStatus;
  history: RunHistory;
}

/** The header of a run; it stays at the top while the page scrolls. */
export function RunHeader({ run, status, history }: RunHeaderProps) {
  const now = useNow(30_000);
  const note = progressNoteOf(run, status, history);
  return (
    <>
      <header className="run-header">
        <div className="run-heading">
          <div className="row">
            <PageTitle window={windowTitleOf(run, status)}>{run.name}</PageTitle>
            <span role="status">
              <StateBadge state={status.state} />
            </span>
            {run.archivedAt !== null && (
              <Link className="tag" href="/runs?archived=true">
                {text.actions.archived}
              </Link>
            )}
          </div>
          <p className="run-facts muted">
            <span>
              {wholePercent(status.progress)} · {epochOf(status)}
            </span>
            {note !== null && <span>{note}</span>}
            {status.state === 'running' && !status.isCatchingUp && <LastUpdate lastSeq={history.lastSeq} />}
            <Link href={`/runs?experiment=${encodeURIComponent(run.experiment)}`}>{run.experiment}</Link>
            <span>{techniquesOf(run).join(', ')}</span>
            <span>
              {text.run.seed} {run.seed}
            </span>
            {/* The first attempt is what one expects; its worker is in the details. */}
            {status.attempt > 1 && (
              <span>
                {text.run.attempt(status.attempt)}
                {status.worker !== null && ` ${text.run.worker(status.worker)}`}
              </span>
            )}
            <time dateTime={run.createdAt} title={dateTime(run.createdAt)}>
              {text.run.created} {ago(run.createdAt, now)}
            </time>
            {run.createdBy !== null && <span>{text.run.createdBy(run.createdBy)}</span>}
          </p>
        </div>
        <RunActions run={run} />
        <PrintButton />
        <ProgressBar value={status.progress} label={text.run.progressLabel} state={status.state} />
      </header>
      <Lineage run={run} />
    </>
  );
}

/** Tags, parent and forks. */
function Lineage({ run }: { run: RunDetail }) {
  const { id, tags, parent, children, studyId } = run;
  const study = useStudyName(studyId);
  const changes = useParent(run)?.changes ?? [];
  return (
    (tags.length > 0 || parent !== null || children.length > 0 || studyId !== null) && (
      <p className="run-lineage row muted">
        {studyId !== null && (
          <span>
            {text.lineage.study} <Link href={`/studies/${studyId}`}>{study ?? text.lineage.studyUnnamed}</Link>
            {run.trial !== null && ` #${run.trial}`}
            {(run.trialState === 'stopped' || run.trialState === 'paused') && `, ${text.lineage.trial[run.trialState]}`}
          </span>
        )}
        {tags.map((tag) => (
          <Link key={tag} className="tag" href={`/runs?tag=${encodeURIComponent(tag)}`}>
            {tag}
          </Link>
        ))}
        {parent !== null && (
          <span>
            {text.lineage.parent}{' '}
            {parent.name === null ? text.lineage.parentGone : <Link href={`/runs/${parent.id}`}>{parent.name}</Link>}
            {parent.epoch !== null && `, ${text.lineage.parentAt(parent.epoch)}`}
          </span>
        )}
        {changes.map(({ label, before, after }) => (
          <span key={label} data-testid="change">
            {label}: {before} → <b>{after}</b>
          </span>
        ))}
        {parent !== null && parent.name !== null && (
          <Link href={addressOf('/compare', [parent.id, id])}>{text.lineage.compare}</Link>
        )}
        {children.length > 0 && (
          <span>
            {text.lineage.children}{' '}
            {children.map((child, index) => (
              <span key={child.id}>
                {index > 0 && ', '}
                <Link href={`/runs/${child.id}`}>{child.name}</Link>
              </span>
            ))}
          </span>
        )}
      </p>
    )
  );
}

/** The window says how far the run is, and how it ended. */
const windowTitleOf = ({ name }: RunDetail, { state, progress }: RunStatus): string =>
  isTerminal(state)
    ? `${name} · ${text.states[state]}`
    : state === 'queued'
      ? name
      : `${wholePercent(progress)} · ${name}`;

/** What the run is waiting for, or how long it takes. */
function progressNoteOf(run: RunDetail, status: RunStatus, history: RunHistory): string | null {
  if (isTerminal(status.state)) {
    return status.elapsedSeconds === null ? null : text.run.trainedFor(duration(status.elapsedSeconds));
  }
  if (status.cancelRequested) {
    return text.run.cancelling;
  }
  if (status.state === 'queued') {
    return run.waiting == null ? text.run.waiting(run.queue) : translate('run', run.waiting, run.waiting.message);
  }
  if (status.state === 'running' && history.progress === null && history.epochs.length === 0 && status.step === 0) {
    return text.run.starting;
  }
  return status.remainingSeconds === null ? null : text.run.timeLeft(duration(status.remainingSeconds));
}

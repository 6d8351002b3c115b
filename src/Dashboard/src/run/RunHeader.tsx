import type { RefObject } from 'react';
import { isTerminal, type RunDetail } from '../api/types';
import { ProgressBar } from '../design/ProgressBar';
import { StateBadge } from '../design/StateBadge';
import { Link } from '../shell/navigation';
import { useNow } from '../shell/useNow';
import { ago, dateTime, duration, epochOf, wholePercent } from '../text/format';
import { text } from '../text/text';
import { RunActions } from './actions/RunActions';
import type { Present } from './view/present';
import type { RunView } from './view/runView';

interface RunHeaderProps {
  run: RunDetail;
  present: Present;
  view: RunView;
  title: RefObject<HTMLHeadingElement | null>;
}

export function RunHeader({ run, present, view, title }: RunHeaderProps) {
  const now = useNow(30_000);
  const status = statusOf(run, present, view);
  return (
    <header className="run-header">
      <nav aria-label={text.run.back}>
        <Link href="/">← {text.run.back}</Link>
      </nav>
      <div className="run-heading">
        <div>
          <div className="run-title">
            <h1 ref={title} tabIndex={-1}>
              {run.name}
            </h1>
            <span role="status">
              <StateBadge state={present.state} />
            </span>
          </div>
          <p className="run-facts">
            <Link href={`/?experiment=${encodeURIComponent(run.experiment)}`}>{run.experiment}</Link>
            <span>
              {run.dataset}, {run.model}, {run.optimizer}
            </span>
            <span>
              {text.run.seed} {run.seed}
            </span>
            {present.attempt > 0 && (
              <span>
                {text.run.attempt(present.attempt)}
                {present.worker !== null && ` ${text.run.worker(present.worker)}`}
              </span>
            )}
            <time dateTime={run.createdAt} title={dateTime(run.createdAt)}>
              {text.run.created} {ago(run.createdAt, now)}
            </time>
          </p>
          <Lineage run={run} />
        </div>
        <RunActions run={run} />
      </div>
      <div>
        <ProgressBar value={present.progress} label={text.run.progressLabel} state={present.state} tall />
        <p className="run-progress-line">
          <span>
            {wholePercent(present.progress)} · {epochOf(present)}
          </span>
          {status !== null && <span>{status}</span>}
        </p>
      </div>
    </header>
  );
}

/** Tags, and where the run comes from and what came of it. */
const Lineage = ({ run: { tags, parent, children } }: { run: RunDetail }) =>
  (tags.length > 0 || parent !== null || children.length > 0) && (
    <p className="run-facts">
      {tags.map((tag) => (
        <Link key={tag} className="tag" href={`/?tag=${encodeURIComponent(tag)}`}>
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
  );

/** The one sentence that says what the run waits for, or how long it takes. */
function statusOf(run: RunDetail, present: Present, view: RunView): string | null {
  if (isTerminal(present.state)) {
    return present.elapsedSeconds === null ? null : text.run.trainedFor(duration(present.elapsedSeconds));
  }
  if (present.cancelRequested) {
    return text.run.cancelling;
  }
  if (present.state === 'queued') {
    return text.run.waiting(run.queue);
  }
  if (present.state === 'running' && view.progress === null && view.epochs.length === 0 && present.step === 0) {
    return text.run.starting;
  }
  return present.remainingSeconds === null ? null : text.run.timeLeft(duration(present.remainingSeconds));
}

import { useState } from 'react';
import { usePermissions } from '../access/permissions';
import { maximumRuns } from '../compare/comparison';
import { formatMetric } from '../compare/format';
import { Button } from '../design/Button';
import { ConfirmDialog } from '../design/Dialog';
import { Menu } from '../design/Menu';
import { PageTitle } from '../design/PageTitle';
import { errorMessage } from '../design/Problem';
import { useLiveStatus } from '../live/LiveProvider';
import { addressOf, Link } from '../navigation/navigation';
import { dateTime, integer, wholePercent } from '../text/format';
import { text } from '../text/text';
import { problemText } from './problemText';
import { methodText } from './StudiesPage';
import { StudyBadge } from './StudyBadge';
import { EditDialog, ExtendDialog } from './StudyDialogs';
import { done, hasEnded, type StudyDetail, type TrialEntry, useStudyAction } from './useStudies';

const t = text.studies;
const shown = ['pause', 'resume', 'stop', 'extend', 'cancel'] as const;
type Shown = (typeof shown)[number];

interface StudyHeaderProps {
  study: StudyDetail;
  trials: readonly TrialEntry[];
  isDeleted: boolean;
}

/** Name, state, what it does, and the actions that are available now. */
export function StudyHeader({ study, trials, isDeleted }: StudyHeaderProps) {
  const [dialog, setDialog] = useState<'extend' | 'cancel' | 'delete' | 'edit' | null>(null);
  const mutation = useStudyAction(study.id);
  const offline = useLiveStatus() === 'offline';
  const may = usePermissions();
  const runs = trials.flatMap((trial) => trial.runs.map(({ id }) => id));
  const bestRun = trials.find(({ number }) => number === study.best?.number)?.runs[0];
  const failure = trials.find(({ problem }) => problem !== null)?.problem;
  const close = () => setDialog(null);
  const press = (action: Shown) => {
    if (action === 'extend' || action === 'cancel') {
      setDialog(action);
    } else {
      mutation.mutate({ action });
    }
  };
  return (
    <header className="stack study-head">
      <div className="row spread">
        <div className="row">
          <PageTitle window={windowTitleOf(study)}>{study.name}</PageTitle>
          <StudyBadge state={study.state} />
        </div>
        {!isDeleted && (
          <div className="row">
            {may.submit && bestRun !== undefined && (
              <Link
                className="button button-small"
                href={`/new?from=${bestRun.id}`}
                title={t.settingsOf(study.best?.number ?? 0)}
              >
                {t.takeSettings}
              </Link>
            )}
            {may.submit && (
              <Link className="button button-small" href={`/new?study=${study.id}&mode=study`} title={t.changeTitle}>
                {t.change}
              </Link>
            )}
            {shown
              .filter((action) => study.actions[action].enabled)
              .map((action) => (
                <Button key={action} small blocked={offline || mutation.isPending} onClick={() => press(action)}>
                  {t.actions[action]}
                </Button>
              ))}
            {may.againstChanging([study]) === null && (
              <Menu label={t.more} icon="more">
                {(menu) => (
                  <ul className="stack tight">
                    {(['edit', 'delete'] as const)
                      .filter((action) => action === 'edit' || study.actions.delete.enabled)
                      .map((action) => (
                        <li key={action}>
                          <Button
                            danger={action === 'delete'}
                            blocked={offline || mutation.isPending}
                            popoverTarget={menu}
                            popoverTargetAction="hide"
                            onClick={() => setDialog(action)}
                          >
                            {action === 'edit' ? t.edit.open : t.actions.delete}
                          </Button>
                        </li>
                      ))}
                  </ul>
                )}
              </Menu>
            )}
          </div>
        )}
      </div>
      <p className="muted">
        {t.about(
          methodText(study.method, study.stopping),
          integer(study.seeds),
          integer(study.definition.parallelism),
          dateTime(study.createdAt),
        )}{' '}
        {!isDeleted && <Link href={`/runs?study=${study.id}`}>{t.runs}</Link>}
        {!isDeleted && runs.length > 1 && runs.length <= maximumRuns && (
          <>
            {' · '}
            <Link href={addressOf('/compare', runs)}>{t.compareRuns}</Link>
          </>
        )}
      </p>
      {study.notes !== '' && <p className="study-notes">{study.notes}</p>}
      {study.waitsFor !== null && <p className="message message-warning">{t.waits}</p>}
      {study.endReason !== null && (
        <p className="message">{t.budget[study.endReason === 'flops' ? 'flops' : 'seconds']}</p>
      )}
      {study.state === 'failed' && (
        <p className="message message-danger">
          {t.failedText} {failure != null && problemText(failure)}
        </p>
      )}
      {mutation.error !== null && (
        <p className="message message-danger" role="alert">
          {t.actionFailed} {errorMessage(mutation.error)}
        </p>
      )}
      {dialog === 'extend' && (
        <ExtendDialog
          trials={study.trials}
          onConfirm={(trials) => {
            close();
            mutation.mutate({ action: 'extend', trials });
          }}
          onClose={close}
        />
      )}
      {dialog === 'edit' && (
        <EditDialog
          study={study}
          onConfirm={(changes) => {
            close();
            mutation.mutate({ action: 'edit', ...changes });
          }}
          onClose={close}
        />
      )}
      {(dialog === 'cancel' || dialog === 'delete') && (
        <ConfirmDialog
          title={t.confirm[dialog].title}
          text={t.confirm[dialog].text(formatMetric(study.metric, study.best?.value))}
          confirm={t.actions[dialog]}
          onConfirm={() => {
            close();
            mutation.mutate({ action: dialog });
          }}
          onClose={close}
        />
      )}
    </header>
  );
}

/** The window says how far the study is, and how it ended. */
const windowTitleOf = (study: StudyDetail): string =>
  hasEnded(study.state)
    ? `${study.name} · ${t.states[study.state]}`
    : `${wholePercent(study.trials === 0 ? 0 : done(study) / study.trials)} · ${study.name}`;

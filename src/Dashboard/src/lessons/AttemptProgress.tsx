import { useState } from 'react';
import { usePermissions } from '../access/permissions';
import { Button } from '../design/Button';
import { ConfirmDialog } from '../design/Dialog';
import { Problem } from '../design/Problem';
import { ProgressBar } from '../design/ProgressBar';
import { integer } from '../text/format';
import { text } from '../text/text';
import { useCancelAttempt, useTrialProgress } from './useAttempt';
import type { LessonAttempt } from './useLessons';

const t = text.lessons;

/** How far the runs or studies of an attempt are, and the button that cancels all of them. */
export function AttemptProgress({ attempt }: { attempt: LessonAttempt }) {
  const [isAsking, ask] = useState(false);
  const may = usePermissions();
  const cancel = useCancelAttempt(attempt);
  const { runs, studies } = attempt;
  const close = () => ask(false);
  return (
    <>
      {runs.length > 0 && (
        <ProgressBar
          value={runs.reduce((sum, { progress }) => sum + progress, 0) / runs.length}
          label={t.progressLabel}
          state="running"
        />
      )}
      {studies.length > 0 && <TrialProgress attempt={attempt} />}
      {may.submit && (
        <p>
          <Button blocked={cancel.isPending || cancel.isSuccess} onClick={() => ask(true)}>
            {cancel.isPending || cancel.isSuccess ? t.cancelling : t.cancel.open}
          </Button>
        </p>
      )}
      {cancel.error !== null && <Problem title={t.cancel.failed} error={cancel.error} />}
      {isAsking && (
        <ConfirmDialog
          title={t.cancel.title}
          text={studies.length > 0 ? t.cancel.studies(integer(studies.length)) : t.cancel.runs(integer(runs.length))}
          confirm={t.cancel.confirm}
          onConfirm={() => {
            close();
            cancel.mutate();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

/** Trials that have ended, of all studies together. */
function TrialProgress({ attempt }: { attempt: LessonAttempt }) {
  const progress = useTrialProgress(attempt);
  if (progress === null) {
    return null;
  }
  const { ended, all } = progress;
  return (
    <div>
      <ProgressBar value={all === 0 ? 0 : ended / all} label={t.progressLabel} state="running" />
      <p className="muted">{t.trialsEnded(integer(ended), integer(all))}</p>
    </div>
  );
}

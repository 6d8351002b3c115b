import { useState } from 'react';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { ConfirmDialog } from '../design/Dialog';
import { errorMessage } from '../design/Problem';
import { dateTime, loss, percent } from '../text/format';
import { text } from '../text/text';
import { type StudyDetail, useStudyAction } from './useStudies';

const t = text.studies.test;

/** The test set, which is opened for the chosen trial on request; every look is listed. */
export function TestCard({ study, isDeleted }: { study: StudyDetail; isDeleted: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const mutation = useStudyAction(study.id);
  const isNew = study.best !== null && !study.looks.some(({ trial }) => trial === study.best?.number);
  return (
    <Card
      title={t.title}
      actions={
        study.actions.test.enabled &&
        !isDeleted &&
        isNew && (
          <Button small blocked={mutation.isPending} onClick={() => setAsking(true)}>
            {t.open(study.best?.number ?? 0)}
          </Button>
        )
      }
    >
      {study.looks.length === 0 ? (
        <p className="muted">{t.unopened}</p>
      ) : (
        <>
          <p>{t.opened(study.looks.length)}</p>
          <DataTable
            label={t.title}
            rows={study.looks}
            rowKey={({ number }) => number}
            columns={[
              { name: t.look, isRowHeader: true, cell: ({ number }) => number },
              { name: t.trial, cell: ({ trial }) => `#${trial}` },
              {
                name: t.accuracy,
                isNumber: true,
                title: ({ scores }) =>
                  scores.map(({ accuracy }) => (accuracy === null ? t.pending : percent(accuracy))).join(', '),
                cell: ({ scores }) =>
                  overSeeds(
                    scores.map(({ accuracy }) => accuracy),
                    percent,
                  ),
              },
              {
                name: t.loss,
                isNumber: true,
                title: ({ scores }) => scores.map((score) => loss(score.loss)).join(', '),
                cell: ({ scores }) =>
                  overSeeds(
                    scores.map((score) => score.loss),
                    loss,
                  ),
              },
              { name: t.by, cell: ({ requestedBy }) => requestedBy ?? text.units.none },
              { name: t.at, cell: ({ at }) => dateTime(at) },
            ]}
          />
        </>
      )}
      {mutation.error !== null && (
        <p className="message message-danger" role="alert">
          {text.studies.actionFailed} {errorMessage(mutation.error)}
        </p>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t.confirmTitle}
          text={t.confirmText}
          confirm={t.confirm}
          onConfirm={() => {
            setAsking(false);
            mutation.mutate({ action: 'test', trial: study.best?.number ?? null });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}

/** Mean and standard deviation of the seeds that have a score, and how many are still to come. */
function overSeeds(scores: readonly (number | null)[], format: (value: number) => string): string {
  const known = scores.filter((score) => score !== null);
  const pending = scores.length - known.length;
  if (known.length === 0) {
    return scores.length === 1 ? t.pending : t.pendingOf(pending);
  }
  const mean = known.reduce((sum, score) => sum + score, 0) / known.length;
  const variance = known.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (known.length - 1);
  const shown = known.length === 1 ? format(mean) : `${format(mean)} ± ${format(Math.sqrt(variance))}`;
  return pending === 0 ? shown : `${shown}, ${t.pendingOf(pending)}`;
}

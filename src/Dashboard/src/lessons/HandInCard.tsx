import { useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { useSession } from '../access/session';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { ConfirmDialog } from '../design/Dialog';
import { Problem } from '../design/Problem';
import { Link, useParam } from '../navigation/navigation';
import { dateTime, duration, percent } from '../text/format';
import { text } from '../text/text';
import { type HandInEntry, useCandidates, useHandIn, useHandIns, useOpenTest } from './useHandIns';
import type { LessonDetail } from './useLessons';

const t = text.lessons.handIns;

/** Any run can be checked by the sheet, and handed in; the ranking is on validation until the test set is opened. */
export function HandInCard({ lesson }: { lesson: LessonDetail }) {
  const id = useId();
  const may = usePermissions();
  const { authentication, scope } = useSession();
  const [checked, check] = useParam('run');
  const [isAsking, setAsking] = useState(false);
  const { data: list } = useHandIns(lesson.id);
  const candidates = useCandidates().data ?? [];
  const handIn = useHandIn(lesson.id);
  const open = useOpenTest(lesson.id);
  const isOpened = list?.openedAt != null;
  const isAdmin = authentication === 'none' || scope === 'admin';
  const chosen = candidates.find((run) => run.id === checked);
  const refusal = chosen === undefined ? t.chooseFirst : may.againstChanging([chosen]);
  const items = list?.items ?? [];
  return (
    <Card
      title={t.title}
      actions={
        isAdmin &&
        !isOpened &&
        items.length > 0 && (
          <Button small onClick={() => setAsking(true)}>
            {t.open}
          </Button>
        )
      }
    >
      <p>{isOpened ? t.opened(dateTime(list.openedAt ?? '')) : t.text}</p>
      <div className="lesson-hand-in">
        <label htmlFor={id}>{t.check}</label>
        <select id={id} className="input" value={checked ?? ''} onChange={(event) => check(event.target.value || null)}>
          <option value="">{t.latest}</option>
          {candidates.map((run) => (
            <option key={run.id} value={run.id}>
              {`${run.name} · ${run.dataset} · ${percent(run.bestValidationAccuracy)}`}
            </option>
          ))}
        </select>
        {may.submit && !isOpened && (
          <Button
            blocked={refusal !== null || handIn.isPending}
            title={refusal ?? undefined}
            onClick={() => checked !== null && handIn.mutate(checked)}
          >
            {t.handIn}
          </Button>
        )}
      </div>
      {[handIn.error, open.error].map(
        (error, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: one for each action.
          error !== null && <Problem key={index} title={t.failed} error={error} />,
      )}
      {items.length === 0 ? (
        <p className="card-note">{t.empty}</p>
      ) : (
        <DataTable
          label={t.title}
          rows={items}
          rowKey={({ run }) => run}
          columns={[
            { name: '#', isNumber: true, cell: (entry: HandInEntry) => items.indexOf(entry) + 1 },
            { name: t.run, isRowHeader: true, cell: ({ run, name }) => <Link href={`/runs/${run}`}>{name}</Link> },
            { name: t.by, cell: ({ handedInBy }) => handedInBy ?? text.units.none },
            { name: t.validation, isNumber: true, cell: ({ validationAccuracy }) => percent(validationAccuracy) },
            {
              name: t.test,
              isNumber: true,
              cell: ({ testAccuracy }) => (isOpened ? percent(testAccuracy) : t.closed),
            },
            { name: t.time, isNumber: true, cell: ({ seconds }) => duration(seconds) },
            {
              name: t.sheet,
              cell: ({ run }) => <Link href={`/lessons/${lesson.id}?run=${run}`}>{t.show}</Link>,
            },
          ]}
        />
      )}
      {isAsking && (
        <ConfirmDialog
          title={t.open}
          text={t.openText}
          confirm={t.open}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            open.mutate();
          }}
        />
      )}
    </Card>
  );
}

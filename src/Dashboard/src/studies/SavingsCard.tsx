import { formatStd } from '../compare/format';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { integer, wholePercent } from '../text/format';
import { text } from '../text/text';
import type { StudyDetail, StudyResult } from './useStudies';

const t = text.studies.savings;

/** What early stopping would have saved, replayed over the stored curves. */
export const SavingsCard = ({ study, savings }: { study: StudyDetail; savings: StudyResult['savings'] }) => (
  <Card title={t.title}>
    <DataTable
      label={t.title}
      rows={savings}
      rowKey={({ rule }) => rule}
      columns={[
        { name: t.rule, isRowHeader: true, cell: ({ rule }) => text.studies.rules[rule] },
        {
          name: t.epochs,
          isNumber: true,
          cell: ({ epochs, epochsWithRule }) => `${integer(epochsWithRule)} / ${integer(epochs)}`,
        },
        {
          name: t.saved,
          isNumber: true,
          cell: ({ epochs, epochsWithRule }) => wholePercent(epochs === 0 ? 0 : 1 - epochsWithRule / epochs),
        },
        {
          name: t.best,
          cell: ({ best, loss }) =>
            best === null
              ? t.none
              : loss === 0 || loss === null
                ? t.kept(best)
                : t.lost(best, formatStd(study.metric, loss)),
        },
      ]}
    />
    <p className="card-note">{t.note}</p>
  </Card>
);

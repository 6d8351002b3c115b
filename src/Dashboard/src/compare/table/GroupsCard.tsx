import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { text } from '../../text/text';
import { type Comparison, inTableOrder } from '../comparison';
import { formatMetric, formatStd, metricLabel } from '../format';
import { groupLabel } from '../noteText';

const t = text.compare.groups;
type Group = Comparison['groups'][number];

/** The best values of each setting, averaged over its seeds; nothing when no setting was repeated. */
export const GroupsCard = ({ comparison: { groups, metrics } }: { comparison: Comparison }) =>
  groups.some(({ runs }) => runs.length > 1) && (
    <Card title={t.title}>
      <DataTable
        label={t.label}
        rows={groups}
        rowKey={({ key }) => key}
        columns={[
          { name: t.setting, cell: groupLabel, isRowHeader: true, className: 'setting' },
          { name: t.runs, cell: ({ runs }) => runs.length, isNumber: true },
          ...inTableOrder(metrics).map(({ metric, perGroup }) => ({
            name: text.compare.table.best(metricLabel(metric)),
            cell: ({ key }: Group) => {
              const score = perGroup.find((one) => one.group === key);
              const mean = formatMetric(metric, score?.mean);
              return score?.std == null ? mean : t.value(mean, formatStd(metric, score.std));
            },
            isNumber: true,
          })),
        ]}
      />
      <p className="card-note">{t.note}</p>
    </Card>
  );

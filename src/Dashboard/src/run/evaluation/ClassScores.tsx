import type { RunEvaluation } from '../../api/types';
import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { integer, percent } from '../../text/format';
import { text } from '../../text/text';

const { columns } = text.evaluation;

/** Precision, recall and F1 of each class. */
export const ClassScores = ({ names, scores }: { names: readonly string[]; scores: RunEvaluation['perClass'] }) => (
  <Card title={text.evaluation.classes}>
    <DataTable
      label={text.evaluation.classes}
      rows={scores.map((score, index) => ({ ...score, name: names[index] ?? String(index) }))}
      rowKey={({ name }) => name}
      columns={[
        { name: columns.name, cell: ({ name }) => name, isRowHeader: true },
        { name: columns.precision, cell: ({ precision }) => percent(precision), isNumber: true },
        { name: columns.recall, cell: ({ recall }) => percent(recall), isNumber: true },
        { name: columns.f1, cell: ({ f1 }) => percent(f1), isNumber: true },
        { name: columns.support, cell: ({ support }) => integer(support), isNumber: true },
      ]}
    />
  </Card>
);

import { tableRows } from '../../charts/series';
import { text } from '../../text/text';
import { NumbersTable } from '../parts/NumbersTable';
import type { Axis, Family } from '../view';
import { labelOfMetric } from '../words';
import { formatsOf, formatXTick } from './CurvesCard';
import type { Line } from './lines';

interface CurvesTableProps {
  lines: readonly Line[];
  xName: string;
  axis: Axis;
  family: Family;
  metrics: readonly string[];
}

/** The numbers of the curves: a row for each place on the axis, a column for each curve. */
export function CurvesTable({ lines, xName, axis, family, metrics }: CurvesTableProps) {
  const { tableRun } = text.compare.curves;
  const name = (line: Line) =>
    metrics.length < 2 ? line.name : tableRun(line.name, labelOfMetric(line.id.split(' ')[0] ?? ''));
  const rows = tableRows(
    lines.map(({ id, name: title, points }) => ({ id, name: title, color: '', style: 'line', points })),
  );
  return (
    <NumbersTable
      label={labelOfMetric(metrics[0] ?? '')}
      columns={[xName, ...lines.map(name)]}
      rows={rows.map(({ x, values }) => ({
        key: String(x),
        cells: [
          formatXTick[axis](x),
          ...values.map((value) => (value === null ? text.units.none : formatsOf[family].value(value))),
        ],
      }))}
    />
  );
}

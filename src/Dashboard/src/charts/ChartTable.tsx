import { DataTable } from '../design/DataTable';
import { orNone } from '../text/format';
import { type Series, tableRows } from './series';

interface ChartTableProps {
  label: string;
  series: readonly Series[];
  xName: string;
  formatX: (value: number) => string;
  formatY: (value: number) => string;
}

/** The values of a chart as a table. */
export const ChartTable = ({ label, series, xName, formatX, formatY }: ChartTableProps) => (
  <DataTable
    label={label}
    className="numbers scroll"
    rows={tableRows(series)}
    rowKey={({ x }) => x}
    columns={[
      { name: xName, cell: ({ x }) => formatX(x), isRowHeader: true, isNumber: true },
      ...series.map(({ name }, index) => ({
        name,
        cell: ({ values }: { values: readonly (number | null)[] }) => orNone(values[index], formatY),
        isNumber: true,
      })),
    ]}
  />
);

import { DataTable } from '../design/DataTable';
import { text } from '../text/text';
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
    className="chart-area scroll"
    rows={tableRows(series)}
    rowKey={({ x }) => x}
    columns={[
      { name: xName, cell: ({ x }) => formatX(x), isNumber: true },
      ...series.map(({ name }, index) => ({
        name,
        cell: ({ values }: { values: readonly (number | null)[] }) => {
          const value = values[index] ?? null;
          return value === null ? text.units.none : formatY(value);
        },
        isNumber: true,
      })),
    ]}
  />
);

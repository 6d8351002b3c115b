import { ScrollRegion } from '../design/ScrollRegion';
import { text } from '../text/text';
import { type Series, tableRows } from './series';

interface ChartTableProps {
  label: string;
  series: readonly Series[];
  xName: string;
  formatX: (value: number) => string;
  formatY: (value: number) => string;
}

/** The numbers of a chart. */
export function ChartTable({ label, series, xName, formatX, formatY }: ChartTableProps) {
  return (
    <ScrollRegion className="chart-area chart-table" label={label}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="num">
              {xName}
            </th>
            {series.map((one) => (
              <th key={one.id} scope="col" className="num">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows(series).map((row) => (
            <tr key={row.x}>
              <td className="num">{formatX(row.x)}</td>
              {row.values.map((value, column) => (
                <td key={series[column]?.id} className="num">
                  {value === null ? text.units.none : formatY(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

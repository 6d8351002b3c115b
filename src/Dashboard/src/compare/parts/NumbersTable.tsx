import type { ReactNode } from 'react';
import { ScrollRegion } from '../../design/ScrollRegion';

interface NumbersTableProps {
  label: string;
  columns: readonly string[];
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** The numbers of a chart: the first column names the row. */
export function NumbersTable({ label, columns, rows }: NumbersTableProps) {
  return (
    <ScrollRegion className="numbers" label={label}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two runs may have one name; columns do not move.
              <th key={index} scope="col" className={index === 0 ? undefined : 'num'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <td key={index} className="num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

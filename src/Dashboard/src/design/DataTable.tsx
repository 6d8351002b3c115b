import { type ComponentProps, Fragment, type ReactNode } from 'react';
import { classes } from './classes';
import { ScrollRegion } from './ScrollRegion';

export interface DataColumn<Row> {
  readonly name: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Aligned to the right, like its heading. */
  readonly isNumber?: boolean;
  /** The cell names its row. */
  readonly isRowHeader?: boolean;
  readonly className?: string | undefined;
  readonly title?: (row: Row) => string;
  /** The order of the rows, where they are sorted by this column. */
  readonly sort?: 'ascending' | 'descending' | undefined;
}

interface DataTableProps<Row> {
  /** Accessible name of the table's scroll region. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  rowProps?: (row: Row) => ComponentProps<'tr'> & Readonly<Record<`data-${string}`, string | number | undefined>>;
  /** An additional row below a row. */
  detail?: (row: Row) => ReactNode;
  /** Rows after the others, and the foot of the table. */
  lastRows?: ReactNode;
  foot?: ReactNode;
  /** Class of the scroll region. */
  className?: string;
  tableClassName?: string;
}

/** Rows of data under named columns, in a region that scrolls where it is too wide. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowProps, detail, lastRows, foot } = props;
  return (
    <ScrollRegion className={props.className ?? 'scroll'} label={label}>
      <table className={classes('table', props.tableClassName)}>
        <thead>
          <tr>
            {columns.map(({ name, isNumber, sort }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name and do not move.
              <th key={index} scope="col" className={classes(isNumber && 'num')} aria-sort={sort}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={rowKey(row)}>
              <tr {...rowProps?.(row)}>
                {columns.map(({ cell, isNumber, isRowHeader, className, title }, index) => {
                  const Cell = isRowHeader ? 'th' : 'td';
                  return (
                    <Cell
                      // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                      key={index}
                      scope={isRowHeader ? 'row' : undefined}
                      className={classes(isNumber && 'num', className)}
                      title={title?.(row)}
                    >
                      {cell(row)}
                    </Cell>
                  );
                })}
              </tr>
              {detail?.(row)}
            </Fragment>
          ))}
          {lastRows}
        </tbody>
        {foot != null && foot !== false && <tfoot>{foot}</tfoot>}
      </table>
    </ScrollRegion>
  );
}

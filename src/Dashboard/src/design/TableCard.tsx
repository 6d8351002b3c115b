import type { ReactNode } from 'react';
import { ScrollRegion } from './ScrollRegion';

interface Column {
  readonly name: string;
  readonly isNumber?: boolean;
}

interface TableCardProps {
  /** Begins the ids of its parts. */
  id: string;
  title: string;
  /** What the table is, for people who do not see it. */
  label: string;
  columns: readonly Column[];
  /** Shown instead while there are no rows. */
  empty: string;
  rows: readonly ReactNode[];
}

/** A table with a title of its own. */
export const TableCard = ({ id, title, label, columns, empty, rows }: TableCardProps) => (
  <section className="card" aria-labelledby={`${id}-title`}>
    <div className="card-head">
      <h2 id={`${id}-title`}>{title}</h2>
    </div>
    {rows.length === 0 ? (
      <p className="card-note">{empty}</p>
    ) : (
      <ScrollRegion className="table-scroll" label={label}>
        <table className="table">
          <thead>
            <tr>
              {columns.map(({ name, isNumber = false }) => (
                <th key={name} scope="col" className={isNumber ? 'num' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows}</tbody>
        </table>
      </ScrollRegion>
    )}
  </section>
);

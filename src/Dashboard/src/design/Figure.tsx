import type { ReactNode } from 'react';

/** Key figures, side by side. */
export const Figures = ({ label, children }: { label: string; children: ReactNode }) => (
  <dl className="figures" aria-label={label}>
    {children}
  </dl>
);

export const Figure = ({ name, value, note = null }: { name: string; value: ReactNode; note?: ReactNode }) => (
  <div className="figure">
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      {note !== null && <small>{note}</small>}
    </dd>
  </div>
);

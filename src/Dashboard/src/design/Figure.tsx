import type { ReactNode } from 'react';

/** Key figures, side by side. */
export const Figures = ({ label, children }: { label: string; children: ReactNode }) => (
  <dl className="figures" aria-label={label}>
    {children}
  </dl>
);

interface FigureProps {
  name: string;
  value: ReactNode;
  /** A few words below the value. */
  note?: ReactNode;
  /** What has no room beside it: a tooltip, and read aloud. */
  detail?: string | null;
}

export const Figure = ({ name, value, note = null, detail = null }: FigureProps) => (
  <div className="figure" title={detail ?? undefined}>
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      {note !== null && <small>{note}</small>}
      {detail !== null && <span className="visually-hidden"> ({detail})</span>}
    </dd>
  </div>
);

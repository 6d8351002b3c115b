import { type ReactNode, useId } from 'react';

interface CardProps {
  /** Prefix of the heading's id, where something refers to it. */
  id?: string;
  title: string;
  /** Controls beside the heading. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A section with a heading. */
export function Card({ id, title, actions, className, children }: CardProps) {
  const generated = useId();
  const heading = `${id ?? generated}-title`;
  return (
    <section className={className === undefined ? 'card' : `card ${className}`} aria-labelledby={heading}>
      <div className="card-head row spread">
        <h2 id={heading}>{title}</h2>
        {actions != null && actions !== false && <div className="card-actions row">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

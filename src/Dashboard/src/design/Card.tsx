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

/** The id of the heading of a card, for links to it: they move the focus there. */
export const headingOf = (id: string): string => `${id}-title`;

/** A section with a heading. */
export function Card({ id, title, actions, className, children }: CardProps) {
  const generated = useId();
  const heading = headingOf(id ?? generated);
  return (
    <section className={className === undefined ? 'card' : `card ${className}`} aria-labelledby={heading}>
      <div className="card-head row spread">
        <h2 id={heading} tabIndex={id === undefined ? undefined : -1}>
          {title}
        </h2>
        {actions != null && actions !== false && <div className="card-actions row">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

import { type ReactNode, useId, useState } from 'react';

interface SectionProps {
  title: string;
  /** Its settings as one line. */
  summary: string;
  startsOpen: boolean;
  /** Opens it, as where the check has found something in it. */
  isHeldOpen: boolean;
  children: ReactNode;
}

/** A part of the form that collapses to a summary of its settings. */
export function Section({ title, summary, startsOpen, isHeldOpen, children }: SectionProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const id = useId();
  return (
    <details
      className="card form-section"
      open={isOpen || isHeldOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      aria-labelledby={id}
    >
      <summary>
        <h2 id={id}>{title}</h2>
        <span className="section-summary">{summary}</span>
      </summary>
      {children}
    </details>
  );
}

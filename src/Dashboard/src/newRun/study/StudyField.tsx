import { type ReactNode, useId } from 'react';
import type { SpecFinding } from '../../api/types';
import { StudyFindings } from './StudyFindings';

interface StudyFieldProps {
  label: string;
  help: string;
  findings: readonly SpecFinding[];
  /** Whether it takes a row of its own. */
  isWide?: boolean;
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean | undefined }) => ReactNode;
}

/** A field of the study with its help and its findings. */
export function StudyField({ label, help, findings, isWide = false, children }: StudyFieldProps) {
  const id = useId();
  return (
    <div className={isWide ? 'field field-wide' : 'field'}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-help`, 'aria-invalid': findings.length > 0 || undefined })}
      <p className="field-help" id={`${id}-help`}>
        {help}
      </p>
      <StudyFindings findings={findings} />
    </div>
  );
}

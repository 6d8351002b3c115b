import { type ReactNode, useId } from 'react';
import type { SpecFinding } from '../../api/types';
import { StudyFindings } from './StudyFindings';

interface StudyFieldProps {
  label: string;
  help: string;
  findings: readonly SpecFinding[];
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean | undefined }) => ReactNode;
}

/** A field of the study with its help and its findings. */
export function StudyField({ label, help, findings, children }: StudyFieldProps) {
  const id = useId();
  return (
    <div className="field">
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

import { type ReactNode, useId } from 'react';
import type { SpecFinding } from '../../api/types';
import { findingFix, findingMessage } from '../../text/serverMessages';
import { text } from '../../text/text';

/** Ties a control to its label, its help and its findings. */
export interface ControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean | undefined;
}

interface FieldFrameProps {
  pointer: string;
  label: string;
  help: ReactNode;
  /** Additional help below. */
  more?: ReactNode;
  findings: readonly SpecFinding[];
  children: (control: ControlProps) => ReactNode;
  wide?: boolean;
}

/** A control with its label, its help and its findings. */
export function FieldFrame({ pointer, label, help, more, findings, children, wide = false }: FieldFrameProps) {
  const id = useId();
  const hasError = findings.some((finding) => finding.severity === 'error');
  return (
    <div className={`field${wide ? ' field-wide' : ''}`} data-pointer={pointer}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': `${id}-help ${id}-findings`,
        'aria-invalid': hasError || undefined,
      })}
      <div className="field-help" id={`${id}-help`}>
        {help}
      </div>
      {more}
      <div id={`${id}-findings`}>
        <FindingLines findings={findings} />
      </div>
    </div>
  );
}

/** Findings, each with its fix. */
export const FindingLines = ({ findings }: { findings: readonly SpecFinding[] }) =>
  findings.map((finding) => (
    <p key={finding.pointer + finding.message} className={`finding finding-${finding.severity}`}>
      <b>{text.newRun.severities[finding.severity]}:</b> {findingMessage(finding)} {findingFix(finding)}
    </p>
  ));

import { type ReactNode, useId } from 'react';
import type { SpecFinding } from '../../api/types';
import { fixOf, messageOf } from '../../text/said';
import { text } from '../../text/text';

/** What a control needs to be tied to its label, its help and its findings. */
export interface ControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean | undefined;
}

interface FieldFrameProps {
  pointer: string;
  label: string;
  help: ReactNode;
  /** What may be opened below the help. */
  more?: ReactNode;
  findings: readonly SpecFinding[];
  children: (control: ControlProps) => ReactNode;
  wide?: boolean;
}

/** A control with its label, its explanation, and what the check found there. */
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

/** Findings, each with what is allowed and what to write instead. */
export const FindingLines = ({ findings }: { findings: readonly SpecFinding[] }) =>
  findings.map((finding) => (
    <p key={finding.pointer + finding.message} className={`finding finding-${finding.severity}`}>
      <b>{text.newRun.severities[finding.severity]}:</b> {messageOf(finding)} {fixOf(finding)}
    </p>
  ));

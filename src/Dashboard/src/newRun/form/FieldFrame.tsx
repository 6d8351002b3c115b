import { type ReactNode, useId } from 'react';
import type { SpecFinding } from '../../api/types';
import { FindingLines } from '../findings/FindingLines';
import { HelpButton } from './HelpButton';
import { type FieldHelp, showHelp } from './help';
import './form.css';

/** Ties a control to its label, its help and its findings. */
export interface ControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean | undefined;
}

interface FieldFrameProps {
  pointer: string;
  help: FieldHelp;
  /** Formula, source and the like, beside the help. */
  more?: ReactNode;
  /** At the end of the line of the label. */
  action?: ReactNode;
  findings: readonly SpecFinding[];
  children: (control: ControlProps) => ReactNode;
  wide?: boolean;
}

/** A control with its label and its findings. Its help is shown at the foot of the form while it has the focus, and behind "?" or F1. */
export function FieldFrame({ pointer, help, more, action, findings, children, wide = false }: FieldFrameProps) {
  const id = useId();
  const hasError = findings.some((finding) => finding.severity === 'error');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to the events of the control inside.
    <div
      className={`field${wide ? ' field-wide' : ''}`}
      data-pointer={pointer}
      onFocus={() => showHelp(help)}
      onBlur={() => showHelp(null)}
      onKeyDown={(event) => {
        if (event.key === 'F1') {
          event.preventDefault();
          document.getElementById(`${id}-panel`)?.togglePopover?.();
        }
      }}
    >
      <span className="field-label">
        <label htmlFor={id}>{help.label}</label>
        <HelpButton label={help.label} id={`${id}-panel`} isStop={more != null}>
          <p>{help.text}</p>
          {help.notes !== '' && <p className="muted">{help.notes}</p>}
          {more}
        </HelpButton>
        {action}
      </span>
      {children({
        id,
        'aria-describedby': `${id}-help ${id}-findings`,
        'aria-invalid': hasError || undefined,
      })}
      <span className="visually-hidden" id={`${id}-help`}>
        {help.text} {help.notes}
      </span>
      <div id={`${id}-findings`}>
        <FindingLines findings={findings} />
      </div>
    </div>
  );
}

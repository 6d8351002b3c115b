import { type ReactNode, useId, useState } from 'react';
import { text } from '../../text/text';
import './form.css';

interface HelpButtonProps {
  /** What it explains. */
  label: string;
  /** Whether Tab stops there; otherwise F1 in the field opens it. */
  isStop?: boolean;
  id?: string;
  children: ReactNode;
}

/** A "?" that opens an explanation beside it. The content is drawn while it is open. */
export function HelpButton({ label, isStop = false, id, children }: HelpButtonProps) {
  const generated = useId();
  const panel = id ?? generated;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="help-button"
        aria-label={text.newRun.helpOn(label)}
        tabIndex={isStop ? undefined : -1}
        popoverTarget={panel}
      >
        ?
      </button>
      <div
        id={panel}
        popover="auto"
        className="menu help-panel"
        role="group"
        aria-label={text.newRun.helpOn(label)}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {isOpen && children}
      </div>
    </>
  );
}

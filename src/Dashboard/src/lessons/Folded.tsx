import { type ReactNode, useId, useState } from 'react';
import { Button } from '../design/Button';

interface FoldedProps {
  label: string;
  /** Whether there is nothing to hide any more. */
  isOpen: boolean;
  children: ReactNode;
}

/** What gives the answer away: behind a button as long as nothing was predicted. It is always printed. */
export function Folded({ label, isOpen, children }: FoldedProps) {
  const [isUnfolded, unfold] = useState(false);
  const id = useId();
  const isShown = isOpen || isUnfolded;
  return (
    <div className="lesson-folded">
      {!isOpen && (
        <Button aria-expanded={isShown} aria-controls={id} onClick={() => unfold(!isUnfolded)}>
          {label}
        </Button>
      )}
      <div id={id} hidden={!isShown}>
        {children}
      </div>
    </div>
  );
}

import { type ReactNode, useId, useState } from 'react';
import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { text } from '../text/text';

const key = 'trainyard.rail';

const read = (): boolean => {
  try {
    return localStorage.getItem(key) !== 'closed';
  } catch {
    // Storage is blocked.
    return true;
  }
};

/** Whether the rail is open; remembered on this machine. */
export function useRail(): { isOpen: boolean; toggle: () => void } {
  const [isOpen, setIsOpen] = useState(read);
  const toggle = () => {
    try {
      localStorage.setItem(key, isOpen ? 'closed' : 'open');
    } catch {
      // Storage is blocked: the choice holds until the page is closed.
    }
    setIsOpen(!isOpen);
  };
  return { isOpen, toggle };
}

/** A panel from the left edge of a narrow screen: the browser's own popover, closed by Escape or a click elsewhere. */
export function Drawer({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <Button small popoverTarget={id}>
        <Icon shape="rail" />
        {label}
      </Button>
      <div id={id} popover="auto" className="drawer" role="dialog" aria-label={label}>
        <div className="drawer-head row">
          <Button small popoverTarget={id} popoverTargetAction="hide">
            {text.units.close}
          </Button>
        </div>
        {children}
      </div>
    </>
  );
}

import { type ReactNode, useId } from 'react';
import { Button } from './Button';
import { Icon, type Shape } from './Icon';

interface MenuProps {
  label: string;
  icon: Shape;
  /** Called when the button is pressed, for content that is loaded by then only. */
  onPress?: () => void;
  /** The content; a button in it closes the menu with `popoverTarget={id} popoverTargetAction="hide"`. */
  children: (id: string) => ReactNode;
}

/** A button that opens a small panel. Escape, or a click elsewhere, closes it: the browser's own popover. */
export function Menu({ label, icon, onPress, children }: MenuProps) {
  const id = useId();
  return (
    <>
      <Button small aria-label={label} title={label} popoverTarget={id} onClick={onPress}>
        <Icon shape={icon} />
      </Button>
      <div id={id} popover="auto" className="menu" role="group" aria-label={label}>
        {children(id)}
      </div>
    </>
  );
}

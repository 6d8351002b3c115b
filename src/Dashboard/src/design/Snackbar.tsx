import { useEffect, useEffectEvent, useState } from 'react';
import { text } from '../text/text';
import { Button } from './Button';
import { Icon } from './Icon';

const shownMilliseconds = 10_000;

export interface SnackbarContent {
  readonly message: string;
  /** Takes back what was done; null where that is impossible. */
  readonly undo: (() => void) | null;
}

interface SnackbarProps<Content> {
  content: Content;
  onClose: () => void;
}

/** A message about what was done, with a way back. It leaves by itself, but not while it has the pointer or the focus. */
export const Snackbar = ({ content, onClose }: SnackbarProps<SnackbarContent | null>) => (
  <div className="snackbar-place" role="status">
    {content !== null && <Message key={content.message} content={content} onClose={onClose} />}
  </div>
);

function Message({ content: { message, undo }, onClose }: SnackbarProps<SnackbarContent>) {
  const [isHeld, setIsHeld] = useState(false);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (isHeld) {
      return;
    }
    const timer = setTimeout(() => close(), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only keeps it from leaving.
    <div
      className="snackbar row"
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <span>{message}</span>
      {undo !== null && (
        <Button
          small
          onClick={() => {
            undo();
            onClose();
          }}
        >
          {text.units.undo}
        </Button>
      )}
      <button type="button" className="snackbar-close" aria-label={text.units.close} onClick={onClose}>
        <Icon shape="cross" />
      </button>
    </div>
  );
}

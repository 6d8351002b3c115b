import { type ReactNode, useEffect, useId, useRef } from 'react';
import { text } from '../text/text';
import { Button } from './Button';

interface DialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
}

/** A modal dialog, open while it is mounted; Escape closes it. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}

interface ConfirmDialogProps {
  title: string;
  text: string;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks for confirmation of something that cannot be undone. */
export const ConfirmDialog = ({ title, text: question, confirm, onConfirm, onClose }: ConfirmDialogProps) => (
  <Dialog title={title} onClose={onClose}>
    <p>{question}</p>
    <div className="dialog-actions row">
      <Button onClick={onClose}>{text.units.cancel}</Button>
      <Button danger onClick={onConfirm}>
        {confirm}
      </Button>
    </div>
  </Dialog>
);

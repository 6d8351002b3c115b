import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { text } from '../../text/text';

interface ExtendDialogProps {
  epochs: number;
  onConfirm: (epochs: number) => void;
  onClose: () => void;
}

const most = 10_000;

/** Asks for the new number of epochs. */
export function ExtendDialog({ epochs, onConfirm, onClose }: ExtendDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [total, setTotal] = useState(String(Math.min(epochs * 2, most)));
  const wanted = Number(total);
  const isValid = Number.isInteger(wanted) && wanted > epochs && wanted <= most;

  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) {
      onConfirm(wanted);
    }
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <h2 id={`${id}-title`}>{text.actions.extend.title}</h2>
        <p>
          <label htmlFor={id}>{text.actions.extend.label}</label>
        </p>
        <input
          id={id}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          value={total}
          aria-invalid={!isValid}
          aria-describedby={`${id}-help`}
          onChange={(event) => setTotal(event.target.value)}
        />
        <p id={`${id}-help`}>{text.actions.extend.help(epochs, most)}</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {text.actions.extend.keep}
          </button>
          <button type="submit" className="button button-primary" aria-disabled={!isValid}>
            {text.actions.extend.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}

import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { text } from '../../text/text';

interface ExtendDialogProps {
  epochs: number;
  onConfirm: (epochs: number) => void;
  onClose: () => void;
}

const maximumEpochs = 10_000;

/** Asks for the new total number of epochs. */
export function ExtendDialog({ epochs, onConfirm, onClose }: ExtendDialogProps) {
  const id = useId();
  const [typed, setTyped] = useState(String(Math.min(epochs * 2, maximumEpochs)));
  const total = Number(typed);
  const isValid = Number.isInteger(total) && total > epochs && total <= maximumEpochs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) {
      onConfirm(total);
    }
  };
  return (
    <Dialog title={text.actions.extend.title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p>
          <label htmlFor={id}>{text.actions.extend.label}</label>
        </p>
        <input
          id={id}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          aria-invalid={!isValid}
          aria-describedby={`${id}-help`}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p id={`${id}-help`}>{text.actions.extend.help(epochs, maximumEpochs)}</p>
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          <Button type="submit" primary aria-disabled={!isValid}>
            {text.actions.extend.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

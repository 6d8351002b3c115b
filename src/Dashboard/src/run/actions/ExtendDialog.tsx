import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { text } from '../../text/text';

/** What an extension changes; a missing member stays as it is. */
export interface Extension {
  readonly epochs?: number;
  readonly timeLimitSeconds?: number;
}

interface ExtendDialogProps {
  epochs: number;
  timeLimitSeconds: number | null;
  /** Whether the run has reached its time limit, so that it needs a larger one. */
  isOver: boolean;
  onConfirm: (extension: Extension) => void;
  onClose: () => void;
}

const maximumEpochs = 10_000;
const maximumSeconds = 604_800;
const t = text.actions.extend;

/** Asks for the new total number of epochs and the new time limit. */
export function ExtendDialog({ epochs, timeLimitSeconds, isOver, onConfirm, onClose }: ExtendDialogProps) {
  const [typedEpochs, setTypedEpochs] = useState(String(isOver ? epochs : Math.min(epochs * 2, maximumEpochs)));
  const [typedSeconds, setTypedSeconds] = useState(
    timeLimitSeconds === null ? '' : String(isOver ? Math.min(timeLimitSeconds * 2, maximumSeconds) : timeLimitSeconds),
  );
  const total = Number(typedEpochs);
  const seconds = typedSeconds.trim() === '' ? null : Number(typedSeconds);
  const areEpochsValid = Number.isInteger(total) && total >= epochs && total <= maximumEpochs;
  const isLimitValid =
    timeLimitSeconds === null ||
    (seconds !== null &&
      seconds >= timeLimitSeconds &&
      seconds <= maximumSeconds &&
      !(isOver && seconds === timeLimitSeconds));
  const hasChanged = total !== epochs || seconds !== timeLimitSeconds;
  const isValid = areEpochsValid && isLimitValid && hasChanged;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) {
      onConfirm({
        ...(total === epochs ? {} : { epochs: total }),
        ...(seconds === null || seconds === timeLimitSeconds ? {} : { timeLimitSeconds: seconds }),
      });
    }
  };
  return (
    <Dialog title={t.title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <NumberField
          label={t.label}
          help={t.help(epochs, maximumEpochs)}
          value={typedEpochs}
          isValid={areEpochsValid}
          onChange={setTypedEpochs}
        />
        {timeLimitSeconds !== null && (
          <NumberField
            label={t.limitLabel}
            help={t.limitHelp(timeLimitSeconds, maximumSeconds)}
            value={typedSeconds}
            isValid={isLimitValid}
            onChange={setTypedSeconds}
          />
        )}
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          <Button type="submit" primary aria-disabled={!isValid}>
            {t.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface NumberFieldProps {
  label: string;
  help: string;
  value: string;
  isValid: boolean;
  onChange: (value: string) => void;
}

function NumberField({ label, help, value, isValid, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <>
      <p>
        <label htmlFor={id}>{label}</label>
      </p>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        aria-invalid={!isValid}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-help`}>{help}</p>
    </>
  );
}

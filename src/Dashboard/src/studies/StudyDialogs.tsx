import { type FormEvent, useId, useState } from 'react';
import { Button } from '../design/Button';
import { Dialog } from '../design/Dialog';
import { maximumLength } from '../text/maximumLength';
import { text } from '../text/text';
import type { StudyDetail } from './useStudies';

const t = text.studies;
const maximumTrials = 10_000;

interface ExtendDialogProps {
  trials: number;
  onConfirm: (trials: number) => void;
  onClose: () => void;
}

/** Asks for the new number of trials. */
export function ExtendDialog({ trials, onConfirm, onClose }: ExtendDialogProps) {
  const id = useId();
  const [typed, setTyped] = useState(String(Math.min(2 * trials, maximumTrials)));
  const total = Number(typed);
  const isValid = Number.isInteger(total) && total > trials && total <= maximumTrials;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) {
      onConfirm(total);
    }
  };
  return (
    <Dialog title={t.extend.title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p>
          <label htmlFor={id}>{t.extend.label}</label>
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
        <p id={`${id}-help`}>{t.extend.help(trials, maximumTrials)}</p>
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          <Button type="submit" primary aria-disabled={!isValid}>
            {t.extend.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface EditDialogProps {
  study: StudyDetail;
  onConfirm: (changes: { name: string; notes: string }) => void;
  onClose: () => void;
}

/** Edits the name and the notes. */
export function EditDialog({ study, onConfirm, onClose }: EditDialogProps) {
  const id = useId();
  const [name, setName] = useState(study.name);
  const [notes, setNotes] = useState(study.notes);
  const isValid = name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) {
      onConfirm({ name: name.trim(), notes });
    }
  };
  return (
    <Dialog title={t.edit.title} onClose={onClose}>
      <form className="stack tight" onSubmit={submit} noValidate>
        <label htmlFor={id}>{t.columns.name}</label>
        <input
          id={id}
          className="input"
          maxLength={maximumLength(100)}
          autoComplete="off"
          value={name}
          aria-invalid={!isValid || undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor={`${id}-notes`}>{t.edit.notes}</label>
        <textarea
          id={`${id}-notes`}
          className="input"
          rows={5}
          maxLength={maximumLength(10_000)}
          value={notes}
          onChange={(event) => setNotes(event.target.value)}
        />
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          <Button type="submit" primary aria-disabled={!isValid}>
            {t.edit.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

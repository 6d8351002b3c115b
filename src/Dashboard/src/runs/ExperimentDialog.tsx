import { type FormEvent, useId, useState } from 'react';
import type { ExperimentEntry } from '../api/types';
import { Button } from '../design/Button';
import { ConfirmDialog, Dialog } from '../design/Dialog';
import { Problem } from '../design/Problem';
import type { SnackbarContent } from '../design/Snackbar';
import { integer } from '../text/format';
import { text } from '../text/text';
import { useExperimentActions } from './useExperiments';

const t = text.experiments;
const maximumName = 100;
const maximumDescription = 2_000;

export type ExperimentTask = 'rename' | 'describe' | 'delete';

interface ExperimentDialogProps {
  kind: ExperimentTask;
  experiment: ExperimentEntry;
  onClose: () => void;
  onRenamed: (name: string) => void;
  onArchived: (content: SnackbarContent) => void;
}

/** Renames or describes an experiment, or moves its runs to the archive. */
export function ExperimentDialog({ kind, experiment, onClose, onRenamed, onArchived }: ExperimentDialogProps) {
  const id = useId();
  const { edit, archive } = useExperimentActions();
  const [error, setError] = useState<Error | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value') ?? '').trim();
    try {
      if (kind === 'describe') {
        await edit(experiment.name, { description: value });
      } else if (value !== '' && value !== experiment.name) {
        await edit(experiment.name, { name: value });
        onRenamed(value);
      }
      onClose();
    } catch (failure) {
      setError(failure as Error);
    }
  };
  const remove = async () => {
    try {
      const { runs, undo } = await archive(experiment.name);
      onArchived({ message: t.archived(experiment.name, runs), undo: () => void undo() });
      onClose();
    } catch (failure) {
      setError(failure as Error);
    }
  };

  if (kind === 'delete' && error === null) {
    return (
      <ConfirmDialog
        title={t.deleteTitle(experiment.name)}
        text={t.deleteText(integer(experiment.runs))}
        confirm={t.deleteConfirm}
        onClose={onClose}
        onConfirm={() => void remove()}
      />
    );
  }
  return (
    <Dialog
      title={kind === 'rename' ? t.renameTitle : kind === 'describe' ? t.describeTitle : t.delete}
      onClose={onClose}
    >
      {error !== null && <Problem title={t.failed} error={error} />}
      <form onSubmit={(event) => void submit(event)}>
        {kind !== 'delete' && (
          <p>
            <label htmlFor={id}>{kind === 'rename' ? t.name : t.description}</label>
          </p>
        )}
        {kind === 'rename' && (
          <input
            id={id}
            name="value"
            className="input"
            required
            maxLength={maximumName}
            autoComplete="off"
            defaultValue={experiment.name}
          />
        )}
        {kind === 'describe' && (
          <textarea
            id={id}
            name="value"
            className="input"
            rows={5}
            maxLength={maximumDescription}
            defaultValue={experiment.description}
          />
        )}
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          {kind !== 'delete' && (
            <Button type="submit" primary>
              {t.save}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

import { type FormEvent, useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import type { RunSummary } from '../api/types';
import { Button } from '../design/Button';
import { ConfirmDialog, Dialog } from '../design/Dialog';
import type { SnackbarContent } from '../design/Snackbar';
import { addressOf, Link } from '../navigation/navigation';
import { text } from '../text/text';
import { appliesTo, type BulkOutcome, type BulkRequest, useBulkAction } from './useBulkAction';

interface BulkBarProps {
  runs: readonly RunSummary[];
  onClear: () => void;
  /** Called with what was done, and a way back where there is one. */
  onDone: (content: SnackbarContent) => void;
}

const maximumCompared = 100;

/** Actions after which runs are no longer in the list, and the ones that take them back. */
const moved = {
  archive: { message: text.bulk.archived, back: 'restore' },
  restore: { message: text.bulk.restored, back: 'archive' },
  delete: { message: text.bulk.deleted, back: null },
} as const;

/** What was done, and why the others were rejected. */
const messageOf = (done: string, { rejected }: Pick<BulkOutcome, 'rejected'>): string =>
  [done, rejected[0] === undefined ? '' : text.bulk.rejected(rejected.length, rejected[0])]
    .filter((part) => part !== '')
    .join(' ');

/** Actions that apply to the selected runs, at the bottom of the window. */
export function BulkBar({ runs, onClear, onDone }: BulkBarProps) {
  const [dialog, setDialog] = useState<'cancel' | 'delete' | 'tag' | null>(null);
  const bulk = useBulkAction();
  const { state } = bulk;
  const refusal = usePermissions().againstChanging(runs);
  const count = runs.length;
  const canCompare = count >= 2 && count <= maximumCompared;
  const close = () => setDialog(null);
  const applicable = (action: BulkRequest['action']) => runs.filter((run) => appliesTo(action, run));

  /** The runs leave the list, and the bar with them: what became of them is said elsewhere. */
  const move = async (action: keyof typeof moved) => {
    close();
    const outcome = await bulk.run({ action }, applicable(action));
    const { done } = outcome;
    const back = moved[action].back;
    const takeBack = async () => {
      const undone = await bulk.run({ action: back ?? action }, done);
      if (undone.rejected.length > 0) {
        onDone({ message: messageOf('', undone), undo: null });
      }
    };
    onDone({
      message: messageOf(done.length > 0 ? moved[action].message(done.length) : '', outcome),
      undo: back === null || done.length === 0 ? null : () => void takeBack(),
    });
    onClear();
  };
  const cancel = () => {
    close();
    void bulk.run({ action: 'cancel' }, applicable('cancel'));
  };
  const outcome =
    state.all === 0
      ? ''
      : state.isWorking
        ? text.bulk.working(state.done + state.rejected.length, state.all)
        : messageOf(state.done > 0 ? text.bulk.done(state.done) : '', state);

  /** A button, if the action applies to any of the runs; with their number, if not to all. */
  const button = (action: BulkRequest['action'], name: string, onClick: () => void, danger = false) => {
    const number = applicable(action).length;
    return (
      number > 0 && (
        <Button small danger={danger} onClick={onClick}>
          {number === count ? name : text.bulk.onSome(name, number)}
        </Button>
      )
    );
  };
  return (
    <section className="bulk row" aria-label={text.bulk.label}>
      <b>{text.bulk.selected(count)}</b>
      {canCompare ? (
        <Link
          className="button button-small button-primary"
          href={addressOf(
            '/compare',
            runs.map(({ id }) => id),
          )}
        >
          {text.bulk.compare}
        </Link>
      ) : (
        <Button small blocked title={text.bulk.compareNeeds}>
          {text.bulk.compare}
        </Button>
      )}
      {refusal === null ? (
        <>
          {button('tag', text.bulk.tag, () => setDialog('tag'))}
          {button('pause', text.actions.names.pause, () => void bulk.run({ action: 'pause' }, applicable('pause')))}
          {button('cancel', text.actions.names.cancel, () => setDialog('cancel'), true)}
          {button('archive', text.bulk.archive, () => void move('archive'))}
          {button('restore', text.bulk.restore, () => void move('restore'))}
          {button('delete', text.bulk.deleteForGood, () => setDialog('delete'), true)}
        </>
      ) : (
        <small>{refusal}</small>
      )}
      <Button small onClick={onClear}>
        {text.bulk.clear}
      </Button>
      <span role="status">{outcome}</span>
      {(dialog === 'cancel' || dialog === 'delete') && (
        <ConfirmDialog
          {...text.bulk.questions[dialog]}
          title={text.bulk.questions[dialog].title(applicable(dialog).length)}
          onClose={close}
          onConfirm={() => (dialog === 'cancel' ? cancel() : void move('delete'))}
        />
      )}
      {dialog === 'tag' && (
        <TagDialog
          onClose={close}
          onConfirm={(tag) => {
            close();
            void bulk.run({ action: 'tag', tag }, runs);
          }}
        />
      )}
    </section>
  );
}

const maximumTagLength = 40;

function TagDialog({ onConfirm, onClose }: { onConfirm: (tag: string) => void; onClose: () => void }) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tag = String(new FormData(event.currentTarget).get('tag') ?? '').trim();
    if (tag !== '') {
      onConfirm(tag);
    }
  };
  return (
    <Dialog title={text.bulk.tagTitle} onClose={onClose}>
      <form onSubmit={submit}>
        <p>
          <label htmlFor={id}>{text.bulk.tagLabel}</label>
        </p>
        <input id={id} name="tag" className="input" maxLength={maximumTagLength} autoComplete="off" />
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          <Button type="submit" primary>
            {text.bulk.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { type FormEvent, useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import type { RunSummary } from '../api/types';
import { Button } from '../design/Button';
import { ConfirmDialog, Dialog } from '../design/Dialog';
import { addressOf, Link } from '../navigation/navigation';
import { text } from '../text/text';
import { useBulkAction } from './useBulkAction';

interface BulkBarProps {
  runs: readonly RunSummary[];
  onClear: () => void;
}

const maximumCompared = 100;

/** Actions on the selected runs, fixed at the bottom of the window. */
export function BulkBar({ runs, onClear }: BulkBarProps) {
  const [dialog, setDialog] = useState<'cancel' | 'delete' | 'tag' | null>(null);
  const bulk = useBulkAction();
  const { state } = bulk;
  const refusal = usePermissions().againstChanging(runs);
  const count = runs.length;
  const canCompare = count >= 2 && count <= maximumCompared;
  const close = () => setDialog(null);
  const confirm = (action: 'cancel' | 'delete') => {
    close();
    void bulk.run({ action }, runs).then(() => action === 'delete' && onClear());
  };
  const outcome =
    state.all === 0
      ? ''
      : state.isWorking
        ? text.bulk.working(state.done + state.rejected.length, state.all)
        : [
            state.done > 0 ? text.bulk.done(state.done) : '',
            state.rejected[0] === undefined ? '' : text.bulk.rejected(state.rejected.length, state.rejected[0]),
          ].join(' ');
  return (
    <section className="bulk row" aria-label={text.bulk.label}>
      <b>{text.bulk.selected(count)}</b>
      {canCompare ? (
        <Link
          className="button button-small"
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
          <Button small onClick={() => setDialog('tag')}>
            {text.bulk.tag}
          </Button>
          <Button small onClick={() => void bulk.run({ action: 'pause' }, runs)}>
            {text.actions.names.pause}
          </Button>
          <Button small danger onClick={() => setDialog('cancel')}>
            {text.actions.names.cancel}
          </Button>
          <Button small danger onClick={() => setDialog('delete')}>
            {text.actions.names.delete}
          </Button>
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
          title={text.bulk.questions[dialog].title(count)}
          onClose={close}
          onConfirm={() => confirm(dialog)}
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

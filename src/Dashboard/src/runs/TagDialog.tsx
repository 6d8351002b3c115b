import { type FormEvent, useId } from 'react';
import { Dialog } from '../design/Dialog';
import { text } from '../text/text';

const longest = 40;

/** Asks for a tag. */
export function TagDialog({ onConfirm, onClose }: { onConfirm: (tag: string) => void; onClose: () => void }) {
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
        <input id={id} name="tag" className="input" maxLength={longest} autoComplete="off" />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {text.units.close}
          </button>
          <button type="submit" className="button button-primary">
            {text.bulk.add}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

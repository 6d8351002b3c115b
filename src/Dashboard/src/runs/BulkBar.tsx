import { useState } from 'react';
import type { RunSummary } from '../api/types';
import { ConfirmDialog } from '../design/ConfirmDialog';
import { Link } from '../shell/navigation';
import { text } from '../text/text';
import { TagDialog } from './TagDialog';
import { useBulk } from './useBulk';

interface BulkBarProps {
  runs: readonly RunSummary[];
  onClear: () => void;
}

const mostCompared = 100;

/** What can be done to the selected runs. It stays at the bottom of the window while runs are selected. */
export function BulkBar({ runs, onClear }: BulkBarProps) {
  const [asking, setAsking] = useState<'cancel' | 'delete' | 'tag' | null>(null);
  const bulk = useBulk();
  const { state } = bulk;
  const count = runs.length;
  const canCompare = count >= 2 && count <= mostCompared;
  const close = () => setAsking(null);
  const confirm = (verb: 'cancel' | 'delete') => {
    close();
    void bulk.run({ verb }, runs).then(() => verb === 'delete' && onClear());
  };
  const outcome =
    state.all === 0
      ? ''
      : state.isWorking
        ? text.bulk.working(state.done + state.refused.length, state.all)
        : [
            state.done > 0 ? text.bulk.done(state.done) : '',
            state.refused[0] === undefined ? '' : text.bulk.refused(state.refused.length, state.refused[0]),
          ].join(' ');
  return (
    <section className="bulk" aria-label={text.bulk.label}>
      <b>{text.bulk.selected(count)}</b>
      {canCompare ? (
        <Link className="button button-small" href={`/compare?${runs.map(({ id }) => `run=${id}`).join('&')}`}>
          {text.bulk.compare}
        </Link>
      ) : (
        <button type="button" className="button button-small" aria-disabled="true" title={text.bulk.compareNeeds}>
          {text.bulk.compare}
        </button>
      )}
      <button type="button" className="button button-small" onClick={() => setAsking('tag')}>
        {text.bulk.tag}
      </button>
      <button type="button" className="button button-small" onClick={() => void bulk.run({ verb: 'pause' }, runs)}>
        {text.actions.names.pause}
      </button>
      <button type="button" className="button button-small button-danger" onClick={() => setAsking('cancel')}>
        {text.actions.names.cancel}
      </button>
      <button type="button" className="button button-small button-danger" onClick={() => setAsking('delete')}>
        {text.actions.names.delete}
      </button>
      <button type="button" className="button button-small" onClick={onClear}>
        {text.bulk.clear}
      </button>
      <span role="status">{outcome}</span>
      {(asking === 'cancel' || asking === 'delete') && (
        <ConfirmDialog
          {...text.bulk.questions[asking]}
          title={text.bulk.questions[asking].title(count)}
          onClose={close}
          onConfirm={() => confirm(asking)}
        />
      )}
      {asking === 'tag' && (
        <TagDialog
          onClose={close}
          onConfirm={(tag) => {
            close();
            void bulk.run({ verb: 'tag', tag }, runs);
          }}
        />
      )}
    </section>
  );
}

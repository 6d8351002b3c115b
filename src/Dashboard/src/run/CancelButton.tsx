import { useId, useState } from 'react';
import { isTerminal, type RunDetail } from '../api/types';
import { ConfirmDialog } from '../design/ConfirmDialog';
import { explain } from '../design/Problem';
import { useLiveStatus } from '../live/LiveProvider';
import { text } from '../text/text';
import { useCancel } from './useRun';
import type { Present } from './view/present';

interface CancelButtonProps {
  run: RunDetail;
  present: Present;
}

/** Cancels after a question. When it cannot, it says why instead of vanishing. */
export function CancelButton({ run, present }: CancelButtonProps) {
  const [asking, setAsking] = useState(false);
  const reasonId = useId();
  const cancel = useCancel(run.id);
  const offline = useLiveStatus() === 'offline';
  const reason = reasonAgainst(present, offline);
  const isOver = isTerminal(present.state);

  return (
    <div className="run-cancel">
      <button
        type="button"
        className="button button-danger"
        aria-disabled={reason !== null || cancel.isPending}
        aria-describedby={reason === null ? undefined : reasonId}
        onClick={() => reason === null && !cancel.isPending && setAsking(true)}
      >
        {cancel.isPending || present.cancelRequested ? text.cancel.busy : text.cancel.button}
      </button>
      {reason !== null && <small id={reasonId}>{reason}</small>}
      {cancel.error !== null && !isOver && (
        <small role="alert" className="run-cancel-error">
          {text.cancel.failed}: {explain(cancel.error)}
        </small>
      )}
      {asking && !isOver && (
        <ConfirmDialog
          title={text.cancel.title(run.name)}
          text={text.cancel.text}
          confirm={text.cancel.confirm}
          keep={text.cancel.keep}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            cancel.mutate();
          }}
        />
      )}
    </div>
  );
}

function reasonAgainst({ state, cancelRequested }: Present, offline: boolean): string | null {
  if (state === 'cancelled') {
    return text.cancel.why.wasCancelled;
  }
  if (isTerminal(state)) {
    return text.cancel.why.ended(text.states[state]);
  }
  if (cancelRequested) {
    return text.cancel.why.requested;
  }
  return offline ? text.cancel.why.offline : null;
}

import { useId, useState } from 'react';
import type { RunActionName, RunDetail } from '../../api/types';
import { ConfirmDialog } from '../../design/Dialog';
import { errorMessage } from '../../design/Problem';
import { useLiveStatus } from '../../live/LiveProvider';
import { navigate } from '../../navigation/navigation';
import { translate } from '../../text/serverMessages';
import { text } from '../../text/text';
import { ExtendDialog } from './ExtendDialog';
import { useRunAction } from './useRunAction';

/** In the order of the buttons. */
const actions = [
  'pause',
  'resume',
  'retry',
  'extend',
  'fork',
  'cancel',
  'delete',
] as const satisfies readonly RunActionName[];

/** The actions on the run. A disabled one shows its reason on hover, focus and click. */
export function RunActions({ run }: { run: RunDetail }) {
  const [dialog, setDialog] = useState<'cancel' | 'delete' | 'extend' | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const mutation = useRunAction(run.id);
  const offline = useLiveStatus() === 'offline';
  const reasonAgainst = (action: RunActionName): string | null =>
    offline
      ? text.actions.offline
      : run.actions[action].enabled
        ? null
        : translate('actions', run.actions[action], run.actions[action].reason ?? text.actions.notNow);

  const press = (action: RunActionName) => {
    const reason = reasonAgainst(action);
    setMessage(reason);
    if (reason !== null || mutation.isPending) {
      return;
    }
    switch (action) {
      case 'fork':
        navigate(`/new?from=${run.id}`);
        break;
      case 'cancel':
      case 'delete':
      case 'extend':
        setDialog(action);
        break;
      default:
        mutation.mutate({ action });
    }
  };
  const close = () => setDialog(null);
  const openDialog = dialog !== null && reasonAgainst(dialog) === null ? dialog : null;

  return (
    <div className="run-actions">
      <div role="toolbar" aria-label={text.actions.label}>
        {actions.map((action) => (
          <ActionButton
            key={action}
            action={action}
            reason={reasonAgainst(action)}
            isBusy={mutation.isPending && mutation.variables.action === action}
            onPress={() => press(action)}
          />
        ))}
      </div>
      <p role="status" className="run-actions-message">
        {run.cancelRequested && message === null ? text.actions.cancelling : message}
      </p>
      {mutation.error !== null && (
        <p role="alert" className="run-actions-error">
          {text.actions.failed}: {errorMessage(mutation.error)}
        </p>
      )}
      {(openDialog === 'cancel' || openDialog === 'delete') && (
        <ConfirmDialog
          {...text.actions.questions[openDialog]}
          title={text.actions.questions[openDialog].title(run.name)}
          onClose={close}
          onConfirm={() => {
            close();
            mutation.mutate({ action: openDialog });
          }}
        />
      )}
      {openDialog === 'extend' && (
        <ExtendDialog
          epochs={run.epochs}
          timeLimitSeconds={run.spec.training.timeLimitSeconds}
          isOver={run.failure?.class === 'timeout'}
          onClose={close}
          onConfirm={(extension) => {
            close();
            mutation.mutate({ action: 'extend', extension });
          }}
        />
      )}
    </div>
  );
}

interface ActionButtonProps {
  action: RunActionName;
  reason: string | null;
  isBusy: boolean;
  onPress: () => void;
}

function ActionButton({ action, reason, isBusy, onPress }: ActionButtonProps) {
  const id = useId();
  const danger = action === 'cancel' || action === 'delete';
  return (
    <span className="run-action">
      <button
        type="button"
        className={`button button-small${danger ? ' button-danger' : ''}`}
        aria-disabled={reason !== null || isBusy}
        aria-describedby={reason === null ? undefined : id}
        data-action={action}
        onClick={onPress}
      >
        {isBusy ? text.actions.busy : text.actions.names[action]}
      </button>
      {reason !== null && (
        <span id={id} role="tooltip" className="tooltip">
          {reason}
        </span>
      )}
    </span>
  );
}

import { useState } from 'react';
import { isTerminal, type RunActionName, type RunDetail } from '../../api/types';
import { Button } from '../../design/Button';
import { ConfirmDialog } from '../../design/Dialog';
import { Menu } from '../../design/Menu';
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
  'restore',
  'archive',
  'delete',
] as const satisfies readonly RunActionName[];

/** The actions that are available now, and a menu of all of them with the reasons why others are not. */
export function RunActions({ run }: { run: RunDetail }) {
  const [dialog, setDialog] = useState<'cancel' | 'delete' | 'extend' | null>(null);
  const mutation = useRunAction(run.id);
  const offline = useLiveStatus() === 'offline';
  const reasonAgainst = (action: RunActionName): string | null =>
    offline
      ? text.actions.offline
      : run.actions[action].enabled
        ? null
        : translate('actions', run.actions[action], run.actions[action].reason ?? text.actions.notNow);

  const press = (action: RunActionName) => {
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
  const look = (action: RunActionName) => ({
    small: true,
    danger: action === 'cancel' || action === 'delete',
    onClick: () => press(action),
  });
  // As in the list of runs, what is deleted was archived before.
  const isArchived = run.archivedAt !== null;
  const listed = actions.filter((action) =>
    action === 'archive' ? !isArchived : action === 'restore' || action === 'delete' ? isArchived : true,
  );
  // Deleting is never one click away from another action; archiving is seldom wanted.
  const available = listed.filter(
    (action) => action !== 'delete' && action !== 'archive' && reasonAgainst(action) === null,
  );

  return (
    <div className="run-actions row">
      {available.length > 0 && (
        <div role="toolbar" aria-label={text.actions.label} className="row">
          {available.map((action) => (
            <Button key={action} {...look(action)} blocked={mutation.isPending} data-action={action}>
              {mutation.isPending && mutation.variables.action === action
                ? text.actions.busy
                : text.actions.names[action]}
            </Button>
          ))}
        </div>
      )}
      <Menu label={text.actions.all} icon="more">
        {(id) => (
          <ul className="stack tight">
            {listed.map((action) => {
              const reason = reasonAgainst(action);
              return (
                <li key={action} className="row">
                  <Button
                    {...look(action)}
                    blocked={reason !== null || mutation.isPending}
                    aria-describedby={reason === null ? undefined : `${id}-${action}`}
                    popoverTarget={reason === null ? id : undefined}
                    popoverTargetAction="hide"
                  >
                    {text.actions.names[action]}
                  </Button>
                  {reason !== null && <small id={`${id}-${action}`}>{reason}</small>}
                </li>
              );
            })}
          </ul>
        )}
      </Menu>
      <p role="status" className="run-message muted">
        {run.cancelRequested && !isTerminal(run.state) && text.actions.cancelling}
      </p>
      {mutation.error !== null && (
        <p role="alert" className="run-message run-error">
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

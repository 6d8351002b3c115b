import { useId, useState } from 'react';
import type { RunDetail, RunVerb } from '../../api/types';
import { ConfirmDialog } from '../../design/ConfirmDialog';
import { explain } from '../../design/Problem';
import { useLiveStatus } from '../../live/LiveProvider';
import { navigate } from '../../shell/navigation';
import { say } from '../../text/said';
import { text } from '../../text/text';
import { ExtendDialog } from './ExtendDialog';
import { useVerb } from './useVerb';

/** In the order in which they are offered. */
const verbs = ['pause', 'resume', 'retry', 'extend', 'fork', 'cancel', 'delete'] as const satisfies readonly RunVerb[];
const asked: ReadonlySet<RunVerb> = new Set<RunVerb>(['cancel', 'delete', 'extend']);

/** What can be done to the run. What cannot be done now says why, when it is pointed at, focused or pressed. */
export function RunActions({ run }: { run: RunDetail }) {
  const [asking, setAsking] = useState<RunVerb | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const verb = useVerb(run.id);
  const offline = useLiveStatus() === 'offline';
  const reasonAgainst = (one: RunVerb): string | null =>
    offline
      ? text.actions.offline
      : run.actions[one].enabled
        ? null
        : say('actions', run.actions[one], run.actions[one].reason ?? text.actions.notNow);

  const press = (one: RunVerb) => {
    const reason = reasonAgainst(one);
    setTold(reason);
    if (reason !== null || verb.isPending) {
      return;
    }
    if (one === 'fork') {
      navigate(`/new?from=${run.id}`);
    } else if (asked.has(one)) {
      setAsking(one);
    } else {
      verb.mutate({ verb: one as 'pause' | 'resume' | 'retry' });
    }
  };
  const close = () => setAsking(null);
  const confirm = (one: 'cancel' | 'delete') => {
    close();
    verb.mutate({ verb: one });
  };

  return (
    <div className="run-actions">
      <div role="toolbar" aria-label={text.actions.label}>
        {verbs.map((one) => (
          <ActionButton
            key={one}
            verb={one}
            reason={reasonAgainst(one)}
            isBusy={verb.isPending && verb.variables.verb === one}
            onPress={() => press(one)}
          />
        ))}
      </div>
      <p role="status" className="run-actions-told">
        {run.cancelRequested && told === null ? text.actions.cancelling : told}
      </p>
      {verb.error !== null && (
        <p role="alert" className="run-actions-error">
          {text.actions.failed}: {explain(verb.error)}
        </p>
      )}
      {(asking === 'cancel' || asking === 'delete') && reasonAgainst(asking) === null && (
        <ConfirmDialog
          {...text.actions.questions[asking]}
          title={text.actions.questions[asking].title(run.name)}
          onClose={close}
          onConfirm={() => confirm(asking)}
        />
      )}
      {asking === 'extend' && reasonAgainst('extend') === null && (
        <ExtendDialog
          epochs={run.epochs}
          onClose={close}
          onConfirm={(epochs) => {
            close();
            verb.mutate({ verb: 'extend', epochs });
          }}
        />
      )}
    </div>
  );
}

interface ActionButtonProps {
  verb: RunVerb;
  reason: string | null;
  isBusy: boolean;
  onPress: () => void;
}

function ActionButton({ verb, reason, isBusy, onPress }: ActionButtonProps) {
  const id = useId();
  const danger = verb === 'cancel' || verb === 'delete';
  return (
    <span className="run-action">
      <button
        type="button"
        className={`button button-small${danger ? ' button-danger' : ''}`}
        aria-disabled={reason !== null || isBusy}
        aria-describedby={reason === null ? undefined : id}
        data-verb={verb}
        onClick={onPress}
      >
        {isBusy ? text.actions.busy : text.actions.names[verb]}
      </button>
      {reason !== null && (
        <span id={id} role="tooltip" className="tooltip">
          {reason}
        </span>
      )}
    </span>
  );
}

import { Button } from '../design/Button';
import { integer } from '../text/format';
import { findingMessage, translate } from '../text/serverMessages';
import { text } from '../text/text';
import type { PlaygroundState } from './PlaygroundClient';

const t = text.playground;

/** What stands in the way of training: no session, invalid settings, a loss that is not finite. */
export function Notices({ state, onAgain }: { state: PlaygroundState | null; onAgain: () => void }) {
  if (state === null || state.phase === 'connecting' || state.phase === 'opening' || state.phase === 'lost') {
    const phase = state?.phase === 'opening' || state?.phase === 'lost' ? state.phase : 'connecting';
    return (
      <p className="playground-notice muted" role="status">
        {t[phase]}
      </p>
    );
  }
  const { refusal, findings, failure, ended, frame } = state;
  if (ended !== null) {
    return (
      <Notice title={t.endedTitle} detail={t.ended[ended]}>
        <Button small onClick={onAgain}>
          {t.again}
        </Button>
      </Notice>
    );
  }
  if (refusal !== null) {
    const reason = t.refusals[refusal.reason];
    const limit = integer(refusal.limit);
    return (
      <Notice
        title={t.refusedTitle}
        detail={
          refusal.reason === 'failed'
            ? t.refusals.failed(refusal.detail ?? '')
            : typeof reason === 'string'
              ? reason
              : reason(limit)
        }
      >
        {state.phase === 'refused' && (
          <Button small onClick={onAgain}>
            {t.again}
          </Button>
        )}
      </Notice>
    );
  }
  if (findings.length > 0) {
    return <Notice title={t.invalidTitle} detail={findings.map(findingMessage).join(' ')} />;
  }
  if (failure !== null) {
    return <Notice title={t.failedTitle} detail={translate('run', failure, failure.message)} />;
  }
  return frame?.isComplete === true ? (
    <p className="playground-notice muted" role="status">
      {(frame.epoch < frame.epochs ? t.stoppedEarly : t.complete)(integer(frame.epoch))}
    </p>
  ) : null;
}

const Notice = ({ title, detail, children }: { title: string; detail: string; children?: React.ReactNode }) => (
  <div className="playground-notice message message-danger" role="alert">
    <p>
      <b>{title}.</b> {detail}
    </p>
    {children}
  </div>
);

import { Button } from '../design/Button';
import { useLive, useLiveStatus } from '../live/LiveProvider';
import { text } from '../text/text';

/** The state of the live connection. */
export function ConnectionStatus() {
  const status = useLiveStatus();
  return (
    <span
      className={`connection connection-${status} row muted`}
      role="status"
      aria-label={text.live.label}
      data-status={status}
    >
      <i aria-hidden="true" />
      <span>{text.live[status]}</span>
    </span>
  );
}

/** Shown while the connection is lost. */
export function ConnectionBanner() {
  const status = useLiveStatus();
  const { tryNow } = useLive();
  if (status !== 'reconnecting' && status !== 'offline') {
    return null;
  }
  return (
    <aside className="banner row" aria-label={text.live.label}>
      <p>{status === 'offline' ? text.live.offlineBanner : text.live.reconnectingBanner}</p>
      <Button small onClick={tryNow}>
        {text.live.tryNow}
      </Button>
    </aside>
  );
}

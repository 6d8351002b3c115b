/**
 * The service's clock. The times in its responses are its own; against the browser's clock, which may be hours off, ages would be nonsense.
 * Each response says what time it was at the service: its header Date.
 */
let offset = 0;
const listeners = new Set<() => void>();

/** The header has whole seconds, and the web server renews it once a second. */
const resolution = 2_000;

/** The current time of the service in milliseconds; the browser's until the first response. */
export const serverNow = (): number => Date.now() + offset;

/** Calls back when the clocks turn out to differ by more, or less, than was known. Returns how to end that. */
export function onServerClock(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** Learns from a response to a request that was sent at a time of the browser's clock. */
export function readServerClock(response: Response, sentAt: number): void {
  const date = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isNaN(date)) {
    return;
  }
  // The response was written between sending and now: what is known only moves if it cannot be true any more.
  const known = Math.min(Math.max(offset, date - Date.now()), date + resolution - sentAt);
  if (known !== offset) {
    offset = known;
    for (const changed of listeners) {
      changed();
    }
  }
}

import type { RunEventEntry, RunSummary } from '../api/types';
import { EventCursor } from './EventCursor';
import type { LiveConnection } from './LiveConnection';

/** Entries are delivered in groups, so that replaying a long run does not render the page for each batch. */
const groupMilliseconds = 100;

export interface FollowOptions {
  runId: string;
  /** Seq of the newest entry that the caller has; 0 for none. */
  afterSeq: number;
  onEntries: (entries: readonly RunEventEntry[]) => void;
  /** The stream is complete: the run had ended. */
  onEnd?: () => void;
}

/** Follows one run: every event after afterSeq once and in order, across reconnects. Returns a function that stops. */
export function followRun(
  connection: LiveConnection,
  { runId, afterSeq, onEntries, onEnd }: FollowOptions,
): () => void {
  const cursor = new EventCursor(afterSeq);
  let group: RunEventEntry[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    if (timer === undefined) {
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    const entries = group;
    group = [];
    onEntries(entries);
  };

  const handle = connection.open<RunEventEntry[]>({
    method: 'Subscribe',
    args: () => [runId, cursor.last],
    onItem: (batch) => {
      const { fresh, gap } = cursor.accept(batch);
      if (fresh.length > 0) {
        group.push(...fresh);
        timer ??= setTimeout(flush, groupMilliseconds);
      }
      if (gap) {
        handle.reopen();
      }
    },
    onEnd: () => {
      flush();
      onEnd?.();
    },
  });

  return () => {
    handle.close();
    flush();
  };
}

/** An item of the hub's stream `WatchRunChanges`. The first one is empty: the subscription began. */
export interface RunChanges {
  readonly changed: readonly RunSummary[];
  /** Ids of deleted runs. */
  readonly deleted: readonly string[];
  /** Ids of studies that are new, changed or deleted. */
  readonly studies: readonly string[];
  /** Notifications may have been missed: data read before may be stale. */
  readonly missed: boolean;
}

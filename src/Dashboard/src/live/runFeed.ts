import type { RunEventEntry } from '../api/types';
import type { LiveConnection } from './LiveConnection';
import { SeqGate } from './SeqGate';

/** Entries are handed on in groups, so that replaying a long run does not draw the page for each batch. */
const groupMilliseconds = 100;

export interface RunFeedOptions {
  runId: string;
  /** Seq of the newest entry that the caller already has; 0 for none. */
  afterSeq: number;
  onEntries: (entries: readonly RunEventEntry[]) => void;
  /** Every entry was handed on, and the run is over: as far as the service knew then. */
  onEnd?: () => void;
}

/** Follows one run: every event after afterSeq once and in order, across lost connections. Returns the way to stop. */
export function followRun(
  connection: LiveConnection,
  { runId, afterSeq, onEntries, onEnd }: RunFeedOptions,
): () => void {
  const gate = new SeqGate(afterSeq);
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
    args: () => [runId, gate.last],
    onItem: (batch) => {
      const { fresh, gap } = gate.admit(batch);
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

import { useEffect, useEffectEvent } from 'react';
import type { RunChanges } from './followRun';
import type { LiveConnection, StreamHandle } from './LiveConnection';
import { useLive } from './LiveProvider';

type Listener = (changes: RunChanges) => void;

/** The stream of a connection, for all its listeners. */
interface Feed {
  readonly listeners: Set<Listener>;
  readonly handle: StreamHandle;
  /** Whether it has had an item since it was subscribed. */
  readonly hasBegun: () => boolean;
}

const feeds = new WeakMap<LiveConnection, Feed>();

function open(live: LiveConnection): Feed {
  const listeners = new Set<Listener>();
  let hasBegun = false;
  const handle = live.open<RunChanges>({
    method: 'WatchRunChanges',
    args: () => [],
    onOpen: () => {
      hasBegun = false;
    },
    onItem: (item) => {
      const missed = item.missed || !hasBegun;
      hasBegun = true;
      for (const listener of listeners) {
        listener({ ...item, missed });
      }
    },
  });
  const feed = { listeners, handle, hasBegun: () => hasBegun };
  feeds.set(live, feed);
  return feed;
}

/** Returns a function that leaves. */
function join(live: LiveConnection, listener: Listener): () => void {
  const feed = feeds.get(live) ?? open(live);
  feed.listeners.add(listener);
  if (feed.hasBegun()) {
    listener({ changed: [], deleted: [], studies: [], missed: true });
  }
  return () => {
    feed.listeners.delete(listener);
    if (feed.listeners.size === 0) {
      feeds.delete(live);
      feed.handle.close();
    }
  };
}

/**
 * Calls back with each change of runs and studies. An item with `missed`, which the first one has, and the first after a reconnect, means: what was
 * read before may be stale.
 */
export function useRunChanges(onChanges: Listener): void {
  const live = useLive();
  const notify = useEffectEvent(onChanges);
  useEffect(() => join(live, (changes) => notify(changes)), [live]);
}

import { useEffect, useEffectEvent } from 'react';
import type { RunChanges } from './followRun';
import { useLive } from './LiveProvider';

/** Calls back with each change of runs. An item with `missed`, and the first after a reconnect, means: what was read before may be stale. */
export function useRunChanges(onChanges: (changes: RunChanges) => void): void {
  const live = useLive();
  const notify = useEffectEvent(onChanges);
  useEffect(() => {
    let isFirst = true;
    const handle = live.open<RunChanges>({
      method: 'WatchRunChanges',
      args: () => [],
      onOpen: () => {
        isFirst = true;
      },
      onItem: (item) => {
        notify({ ...item, missed: item.missed || isFirst });
        isFirst = false;
      },
    });
    return () => handle.close();
  }, [live]);
}

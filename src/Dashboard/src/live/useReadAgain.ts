import { type InvalidateQueryFilters, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RunChanges } from './followRun';
import { useRunChanges } from './useRunChanges';

/** Runs that train at the same time report many epochs a second. */
const groupMilliseconds = 1_000;

/** How often data is read again that changes are pushed for, in case that one was lost. */
export const fallbackMilliseconds = 30_000;

/** Reads queries again when there are changes of runs or studies that concern them: at once, then once a second. */
export function useReadAgain(
  queries: readonly InvalidateQueryFilters[],
  concerns: (changes: RunChanges) => boolean,
): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isStale = useRef(false);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  const read = () => {
    isStale.current = false;
    for (const query of queries) {
      void client.invalidateQueries(query);
    }
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (isStale.current) {
        read();
      }
    }, groupMilliseconds);
  };

  useRunChanges((changes) => {
    if (!concerns(changes)) {
      return;
    }
    if (timer.current === undefined) {
      read();
    } else {
      isStale.current = true;
    }
  });
}

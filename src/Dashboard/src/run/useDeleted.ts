import { useState } from 'react';
import { ApiError } from '../api/problem';
import type { RunActionName, RunDetail } from '../api/types';
import { useRunChanges } from '../live/useRunChanges';
import { text } from '../text/text';

/** Whether a run that was loaded has been deleted since: told by the service, or found by a later request. */
export function useDeleted(id: string, error: Error | null): boolean {
  const [isDeleted, setDeleted] = useState(false);
  useRunChanges(({ deleted }) => {
    if (deleted.includes(id)) {
      setDeleted(true);
    }
  });
  return isDeleted || (error instanceof ApiError && error.problem.status === 404);
}

/** A deleted run as it was last known: nothing can be done with it. */
export function asDeleted(run: RunDetail): RunDetail {
  const against = { enabled: false, code: null, arguments: null, reason: text.run.deletedTitle };
  const names = Object.keys(run.actions) as RunActionName[];
  return {
    ...run,
    actions: Object.fromEntries(names.map((name) => [name, against])) as RunDetail['actions'],
  };
}

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useSearch } from '../navigation/navigation';
import { readRuns, writeRuns } from './view';

/** A deleted run, by its name; by the end of its id when the name is unknown. */
export interface DeletedRun {
  readonly id: string;
  readonly name: string;
}

interface SelectedRuns {
  readonly runs: readonly string[];
  readonly setRuns: (runs: readonly string[]) => void;
  /** Runs that were deleted while they were selected. */
  readonly deleted: readonly DeletedRun[];
  /** Removes deleted runs from the URL and lists them in the notice. */
  readonly onDeleted: (deleted: readonly DeletedRun[]) => void;
  readonly closeNotice: () => void;
}

/** The selected runs; they are in the URL. */
export function useSelectedRuns(): SelectedRuns {
  const queries = useQueryClient();
  const [search, update] = useSearch();
  const [deleted, setDeleted] = useState<readonly DeletedRun[]>([]);
  const address = search.getAll('run').join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these query parameters matter.
  const runs = useMemo(() => readRuns(search), [address]);
  const setRuns = useCallback((next: readonly string[]) => update((params) => writeRuns(next, params)), [update]);
  const onDeleted = useCallback(
    (gone: readonly DeletedRun[]) => {
      const ids = new Set(gone.map(({ id }) => id));
      setDeleted((before) => [...before.filter(({ id }) => !ids.has(id)), ...gone]);
      update((params) =>
        writeRuns(
          readRuns(params).filter((id) => !ids.has(id)),
          params,
        ),
      );
      // The run picker may still list them.
      void queries.invalidateQueries({ queryKey: ['compare-picker'] });
    },
    [queries, update],
  );
  const closeNotice = useCallback(() => setDeleted([]), []);
  return { runs, setRuns, deleted, onDeleted, closeNotice };
}

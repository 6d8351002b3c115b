import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useSearch } from '../shell/navigation';
import { readRuns, writeRuns } from './view';

/** A run that exists no more, by the name it had; by the end of its id when its name was never known. */
export interface GoneRun {
  readonly id: string;
  readonly name: string;
}

interface ChosenRuns {
  readonly runs: readonly string[];
  readonly setRuns: (runs: readonly string[]) => void;
  /** Those that were deleted while they were chosen. */
  readonly gone: readonly GoneRun[];
  /** Takes deleted runs out of the address, and remembers them for the notice. */
  readonly onGone: (gone: readonly GoneRun[]) => void;
  readonly closeNotice: () => void;
}

/** The runs that the address names. */
export function useChosenRuns(): ChosenRuns {
  const queries = useQueryClient();
  const [search, update] = useSearch();
  const [gone, setGone] = useState<readonly GoneRun[]>([]);
  const address = search.getAll('run').join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the runs change with their part of the address only.
  const runs = useMemo(() => readRuns(search), [address]);
  const setRuns = useCallback((next: readonly string[]) => update((params) => writeRuns(next, params)), [update]);
  const onGone = useCallback(
    (left: readonly GoneRun[]) => {
      const ids = new Set(left.map(({ id }) => id));
      setGone((before) => [...before.filter(({ id }) => !ids.has(id)), ...left]);
      update((params) =>
        writeRuns(
          readRuns(params).filter((id) => !ids.has(id)),
          params,
        ),
      );
      // What is offered to choose from may still have them.
      void queries.invalidateQueries({ queryKey: ['compare-picker'] });
    },
    [queries, update],
  );
  const closeNotice = useCallback(() => setGone([]), []);
  return { runs, setRuns, gone, onGone, closeNotice };
}

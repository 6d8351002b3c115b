import type { QueryClient } from '@tanstack/react-query';

/** Keys of the queries about many runs. */
export const runLists = ['runs'] as const;
export const runCounts = ['run-count'] as const;
export const runGroups = ['run-groups'] as const;
export const experimentLists = ['experiments'] as const;

/** Reads lists, numbers and groups of runs again, and the experiments: after runs were changed, archived or deleted. */
export const refreshRuns = (queries: QueryClient): Promise<unknown> =>
  Promise.all(
    [runLists, runCounts, runGroups, experimentLists].map((queryKey) => queries.invalidateQueries({ queryKey })),
  );

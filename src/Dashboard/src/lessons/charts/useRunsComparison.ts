import { useMemo } from 'react';
import { type Comparison, type MetricName, minimumRuns } from '../../compare/comparison';
import { useComparison } from '../../compare/useComparison';
import type { ShownRun } from '../shownRuns';

/** A deleted run is gone with the next outcome. */
const ignore = () => {};

/** The comparison of the runs of a lesson under their labels, live; undefined until it is there. */
export function useRunsComparison(runs: readonly ShownRun[], metrics: readonly MetricName[]): Comparison | undefined {
  const ids = runs.map(({ run }) => run);
  const { data } = useComparison({ runs: ids.length < minimumRuns ? [] : ids, metrics, onDeleted: ignore });
  return useMemo(() => {
    const labels = new Map(runs.map(({ run, label }) => [run, label]));
    return data && { ...data, runs: data.runs.map((run) => ({ ...run, name: labels.get(run.id) ?? run.name })) };
  }, [data, runs]);
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isTerminal, type RunSummary } from '../api/types';
import { useRunChanges } from '../live/useRunChanges';
import { experimentOf, type LessonAttempt } from './useLessons';

/** Results are read again in groups: runs that train at the same time report many epochs a second. */
const groupMilliseconds = 1_000;

/**
 * Reads again what the runs and studies of a lesson have changed: its verdicts, and the trials, layer statistics and decision boundaries in its figures.
 * Runs are those of the attempt, or of its studies, and one that is checked by the sheet.
 */
export function useLiveLesson(lesson: string, attempt: LessonAttempt | null, checked: string | null): void {
  const queries = useQueryClient();
  const stale = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const isOurs = ({ id, experiment }: Pick<RunSummary, 'id' | 'experiment'>) =>
    id === checked ||
    attempt?.runs.some(({ run }) => run === id) === true ||
    (attempt !== null && attempt.studies.length > 0 && experiment === experimentOf(lesson));

  const readAgain = () => {
    timer.current = undefined;
    void queries.invalidateQueries({ queryKey: ['lesson-outcome', lesson] });
    void queries.invalidateQueries({ queryKey: ['lesson-hand-ins', lesson] });
    for (const { study } of attempt?.studies ?? []) {
      void queries.invalidateQueries({ queryKey: ['lesson-trials', study] });
      void queries.invalidateQueries({ queryKey: ['study', study], exact: true });
    }
    for (const run of stale.current) {
      void queries.invalidateQueries({ queryKey: ['lesson-observations', run] });
      void queries.invalidateQueries({ queryKey: ['lesson-film', run] });
    }
    stale.current.clear();
  };

  useRunChanges(({ changed, deleted, studies, missed }) => {
    const ours = changed.filter(isOurs);
    for (const { id } of ours) {
      stale.current.add(id);
    }
    if (missed) {
      for (const { run } of attempt?.runs ?? []) {
        stale.current.add(run);
      }
    }
    const isGone = deleted.some((id) => isOurs({ id, experiment: '' }));
    if (ours.some(({ state }) => isTerminal(state)) || isGone || missed) {
      clearTimeout(timer.current);
      readAgain();
    } else if (ours.length > 0 || attempt?.studies.some(({ study }) => studies.includes(study))) {
      timer.current ??= setTimeout(readAgain, groupMilliseconds);
    }
  });
}

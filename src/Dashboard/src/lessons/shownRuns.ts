import { isTerminal } from '../api/types';
import { say } from './localized';
import type { LessonAttempt, LessonChart, LessonDetail } from './useLessons';

/** A run of an attempt, as the figures show it. */
export interface ShownRun {
  /** Id in the lesson. */
  readonly id: string;
  /** Id of the run. */
  readonly run: string;
  readonly label: string;
  readonly hasEnded: boolean;
}

/** The runs of an attempt that exist, with their labels; those of a figure, if it shows only some. */
export function shownRuns(lesson: LessonDetail, attempt: LessonAttempt, chart?: LessonChart): readonly ShownRun[] {
  const labels = new Map(lesson.runs.map(({ id, label }) => [id, say(label)]));
  return attempt.runs
    .filter(({ id, state }) => state !== null && (chart?.runs == null || chart.runs.includes(id)))
    .map(({ id, run, state }) => ({
      id,
      run,
      label: labels.get(id) ?? id,
      hasEnded: state !== null && isTerminal(state),
    }));
}

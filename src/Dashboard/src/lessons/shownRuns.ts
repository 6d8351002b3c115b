import { hasEnded } from '../studies/useStudies';
import { say } from './localized';
import type { LessonAttempt, LessonChart, LessonDetail } from './useLessons';

/** A run of an attempt, as the figures show it. */
export interface ShownRun {
  /** Id in the lesson. */
  readonly id: string;
  /** Id of the run. */
  readonly run: string;
  readonly label: string;
}

/** A study of an attempt, as the figures show it. */
export interface ShownStudy {
  /** Id of the study. */
  readonly study: string;
  readonly label: string;
  readonly isRunning: boolean;
}

/** The studies of an attempt that exist, with their labels. */
export function shownStudies(lesson: LessonDetail, attempt: LessonAttempt): readonly ShownStudy[] {
  const labels = new Map(lesson.studies.map(({ id, label }) => [id, say(label)]));
  return attempt.studies.flatMap(({ id, study, state }) =>
    state === null ? [] : [{ study, label: labels.get(id) ?? id, isRunning: !hasEnded(state) }],
  );
}

/** The runs of an attempt that exist, with their labels; those of a figure, if it shows only some. */
export function shownRuns(lesson: LessonDetail, attempt: LessonAttempt, chart?: LessonChart): readonly ShownRun[] {
  const labels = new Map(lesson.runs.map(({ id, label }) => [id, say(label)]));
  return attempt.runs
    .filter(({ id, state }) => state !== null && (chart?.runs == null || chart.runs.includes(id)))
    .map(({ id, run }) => ({ id, run, label: labels.get(id) ?? id }));
}

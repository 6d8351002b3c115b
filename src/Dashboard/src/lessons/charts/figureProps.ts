import type { ShownRun } from '../shownRuns';
import type { LessonAttempt, LessonChart } from '../useLessons';

/** What a figure of a lesson is drawn from. */
export interface FigureProps {
  chart: LessonChart;
  title: string;
  runs: readonly ShownRun[];
  /** Null before the lesson is started. */
  attempt: LessonAttempt | null;
}

import type { ShownRun, ShownStudy } from '../shownRuns';
import type { LessonChart } from '../useLessons';

/** What a figure of a lesson is drawn from. */
export interface FigureProps {
  chart: LessonChart;
  title: string;
  runs: readonly ShownRun[];
  studies: readonly ShownStudy[];
  /** The training accuracy above which a run has converged; null where the lesson has none. */
  level: number | null;
}

import { type ComponentType, lazy, Suspense } from 'react';
import { Card } from '../../design/Card';
import { Skeleton } from '../../design/Loaded';
import type { LabName } from '../../labs/useLab';
import { text } from '../../text/text';
import { say } from '../localized';
import { shownRuns, shownStudies } from '../shownRuns';
import type { LessonAttempt, LessonChart, LessonDetail } from '../useLessons';
import { convergenceLevel } from './cellOutcome';
import type { FigureProps } from './figureProps';

/** Lazily loaded chunks. */
const figures: Readonly<Record<LessonChart['kind'], ComponentType<FigureProps>>> = {
  curves: lazy(() => import('./CurvesFigure')),
  boundary: lazy(() => import('./BoundaryFigure')),
  layers: lazy(() => import('./LayersFigure')),
  histograms: lazy(() => import('./HistogramsFigure')),
  scores: lazy(() => import('./ScoresFigure')),
  network: lazy(() => import('./NetworkFigure')),
  table: lazy(() => import('./TableFigure')),
  study: lazy(() => import('./StudyFigure')),
  best_so_far: lazy(() => import('./BestSoFarFigure')),
  // Drawn by its own figure.
  lab: EmptyFigure,
};

const LabView = lazy(() => import('../../labs/LabView').then((module) => ({ default: module.LabView })));

interface LessonFigureProps {
  lesson: LessonDetail;
  chart: LessonChart;
  /** Null before the lesson is started. */
  attempt: LessonAttempt | null;
}

/** A figure of a lesson; before it runs, what it will show. */
export function LessonFigure({ lesson, chart, attempt }: LessonFigureProps) {
  const lab = chart.lab == null ? lesson.labs[0] : lesson.labs.find(({ id }) => id === chart.lab);
  const title =
    chart.title != null
      ? say(chart.title)
      : chart.lab != null && lab
        ? say(lab.label)
        : text.lessons.charts[chart.kind];
  if (chart.kind === 'lab' && lab !== undefined && attempt !== null) {
    return (
      <Suspense fallback={<Skeleton height={320} />}>
        {lesson.labs.length > 1 && <h2>{title}</h2>}
        <LabView name={lab.name as LabName} request={lab.request as object} />
      </Suspense>
    );
  }
  const runs = attempt === null ? [] : shownRuns(lesson, attempt, chart);
  const studies = attempt === null ? [] : shownStudies(lesson, attempt);
  const Figure = runs.length === 0 && studies.length === 0 ? EmptyFigure : figures[chart.kind];
  return (
    <Suspense fallback={<Skeleton height={320} />}>
      <Figure {...{ chart, title, runs, studies }} level={convergenceLevel(lesson)} />
    </Suspense>
  );
}

function EmptyFigure({ title }: FigureProps) {
  return (
    <Card title={title} className="lesson-empty">
      <p className="chart-empty">{text.lessons.notStarted}</p>
    </Card>
  );
}

import { useMemo, useState } from 'react';
import { isTerminal, type RunDetail } from '../../api/types';
import { CurvesCard } from '../../compare/curves/CurvesCard';
import { type CurveView, families, metricsOf, splits } from '../../compare/view';
import { Skeleton } from '../../design/Loaded';
import { CurveCards } from '../../run/curves/CurveCards';
import { runStatus } from '../../run/history/status';
import { useRunDetail, useRunHistory } from '../../run/useRun';
import type { LessonChart, LessonMeasure } from '../useLessons';
import type { FigureProps } from './figureProps';
import { useRunsComparison } from './useRunsComparison';
import '../../charts/charts.css';
import '../../compare/compare.css';
import '../../run/run.css';

/** The curves of the runs: of one run its own, of several one line each. */
export default function CurvesFigure(props: FigureProps) {
  const [only, second] = props.runs;
  return only !== undefined && second === undefined ? <OwnCurves id={only.run} /> : <ComparedCurves {...props} />;
}

function ComparedCurves({ chart, runs }: FigureProps) {
  const [view, setView] = useState(() => viewOf(chart));
  const comparison = useRunsComparison(runs, metricsOf(view));
  return comparison === undefined ? (
    <Skeleton height={420} />
  ) : (
    <CurvesCard comparison={comparison} isLoading={false} view={view} onView={setView} />
  );
}

function OwnCurves({ id }: { id: string }) {
  const { data } = useRunDetail(id);
  return data === undefined ? <Skeleton height={420} /> : <RunCurves run={data} />;
}

function RunCurves({ run }: { run: RunDetail }) {
  const history = useRunHistory(run.id, isTerminal(run.state));
  const status = useMemo(() => runStatus(run, history), [run, history]);
  return <CurveCards history={history} status={status} parent={undefined} film={null} markedEpoch={null} />;
}

/** What the figure shows at first; everything can be changed. */
function viewOf({ measure, axis, log }: LessonChart): CurveView {
  const metric: LessonMeasure = measure ?? 'validation_accuracy';
  return {
    family: families.find((family) => metric.endsWith(family)) ?? 'accuracy',
    split: splits.find((split) => metric.startsWith(split)) ?? 'validation',
    axis: axis ?? 'epoch',
    isLog: log ?? false,
    smoothing: 0,
    by: 'runs',
    hidden: new Set(),
  };
}

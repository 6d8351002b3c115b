import { useMemo } from 'react';
import { Card } from '../../design/Card';
import { Loaded, Skeleton } from '../../design/Loaded';
import { ProgressBar } from '../../design/ProgressBar';
import { Link } from '../../navigation/navigation';
import { useCatalog } from '../../newRun/useCatalog';
import { CurvesCard } from '../../studies/CurvesCard';
import { done } from '../../studies/StudiesPage';
import { TrialsCard } from '../../studies/TrialsCard';
import { stylesOf } from '../../studies/trialVariables';
import { type StudyDetail, useStudy, useTrials } from '../../studies/useStudies';
import { text } from '../../text/text';
import type { FigureProps } from './figureProps';
import '../../charts/charts.css';
import '../../compare/compare.css';
import '../../studies/studies.css';

/** The study of a lesson: its progress, its curves and its trials. */
export default function StudyFigure({ title, attempt }: FigureProps) {
  const study = useStudy(attempt?.study ?? '');
  return (
    <Loaded query={study} errorTitle={text.studies.errorTitle} heights={[320]}>
      {(loaded) => <LoadedFigure title={title} study={loaded} />}
    </Loaded>
  );
}

function LoadedFigure({ title, study }: { title: string; study: StudyDetail }) {
  const { data } = useTrials(study);
  const { data: catalog } = useCatalog();
  const styles = useMemo(() => stylesOf(study, data ?? []), [study, data]);
  return (
    <div className="stack">
      <Card title={title} actions={<Link href={`/studies/${study.id}`}>{text.lessons.openStudy}</Link>}>
        <ProgressBar
          value={study.trials === 0 ? 1 : done(study) / study.trials}
          label={text.studies.progress}
          state={study.state === 'running' ? 'running' : 'succeeded'}
        />
      </Card>
      {data === undefined ? (
        <Skeleton height={320} />
      ) : (
        <>
          <CurvesCard study={study} trials={data} styles={styles} />
          <TrialsCard study={study} trials={data} inside={null} catalog={catalog} />
        </>
      )}
    </div>
  );
}

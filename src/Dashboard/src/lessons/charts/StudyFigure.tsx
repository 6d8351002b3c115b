import { useMemo, useState } from 'react';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { Loaded, Skeleton } from '../../design/Loaded';
import { ProgressBar } from '../../design/ProgressBar';
import { Link } from '../../navigation/navigation';
import { useCatalog } from '../../spec/useCatalog';
import { CurvesCard } from '../../studies/CurvesCard';
import { TrialsCard } from '../../studies/TrialsCard';
import { stylesOf } from '../../studies/trialVariables';
import { done, type StudyDetail, useStudy, useTrials } from '../../studies/useStudies';
import { text } from '../../text/text';
import type { FigureProps } from './figureProps';
import '../../charts/charts.css';
import '../../compare/compare.css';
import '../../studies/studies.css';

/** A study of a lesson, one of several at choice: its progress, its curves and its trials. */
export default function StudyFigure({ title, studies }: FigureProps) {
  const [chosen, choose] = useState<string | null>(null);
  const shown = studies.find(({ study }) => study === chosen) ?? studies[0];
  const query = useStudy(shown?.study ?? '');
  const choice = studies.length > 1 && (
    <Choice
      label={text.lessons.whichStudy}
      value={shown?.study ?? ''}
      options={studies.map(({ study, label }) => ({ value: study, label }))}
      onChange={choose}
    />
  );
  return (
    <Loaded query={query} errorTitle={text.studies.errorTitle} heights={[320]}>
      {(loaded) => <LoadedFigure title={title} study={loaded} choice={choice} />}
    </Loaded>
  );
}

function LoadedFigure({ title, study, choice }: { title: string; study: StudyDetail; choice: React.ReactNode }) {
  const { data } = useTrials(study);
  const { data: catalog } = useCatalog();
  const styles = useMemo(() => stylesOf(study, data ?? []), [study, data]);
  return (
    <div className="stack">
      <Card
        title={`${title}: ${study.name}`}
        actions={<Link href={`/studies/${study.id}`}>{text.lessons.openStudy}</Link>}
      >
        {choice}
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

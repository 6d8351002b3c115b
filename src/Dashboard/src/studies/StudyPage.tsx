import { useEffect, useMemo } from 'react';
import { isUnknown } from '../api/problem';
import type { Catalog } from '../api/types';
import { formatMetric, metricLabel } from '../compare/format';
import { type Brushes, insideOf, readBrushes, writeBrushes } from '../compare/variables/brush';
import { ParallelCard } from '../compare/variables/ParallelCard';
import { scaleOf } from '../compare/variables/scale';
import { isInformative, type Variable } from '../compare/variables/variables';
import { Figure, Figures } from '../design/Figure';
import { DeletedNote, Missing } from '../design/Gone';
import { Loaded } from '../design/Loaded';
import { ProgressBar } from '../design/ProgressBar';
import { watchStudy } from '../live/watchedStudies';
import { useSearch } from '../navigation/navigation';
import { useCatalog } from '../spec/useCatalog';
import { duration, integer, short } from '../text/format';
import { assignmentText } from '../text/settingText';
import { text } from '../text/text';
import { ComparisonCard } from './ComparisonCard';
import { CurvesCard } from './CurvesCard';
import { ImportanceCard } from './ImportanceCard';
import { namedResult } from './namedResult';
import { SavingsCard } from './SavingsCard';
import { SettingCurvesCard } from './SettingCurvesCard';
import { SlicesCard } from './SlicesCard';
import { StudyHeader } from './StudyHeader';
import { SurfaceCard } from './SurfaceCard';
import { TestCard } from './TestCard';
import { TrialsCard } from './TrialsCard';
import { isComparison, stylesOf, variablesOf } from './trialVariables';
import {
  done,
  hasEnded,
  type StudyDetail,
  type StudyResult,
  type TrialEntry,
  useStudy,
  useStudyResult,
  useTrials,
} from './useStudies';
import { Verdict } from './Verdict';
import '../charts/charts.css';
import '../compare/compare.css';
import './studies.css';

const t = text.studies;

/** A study, live. The whole view is in the URL. */
export function StudyPage({ id }: { id: string }) {
  const query = useStudy(id);
  const isGone = isUnknown(query.error);
  return query.data === undefined && isGone ? (
    <Missing title={t.notFoundTitle} text={t.notFoundText} href="/studies" back={t.back} />
  ) : (
    <Loaded query={query} errorTitle={t.errorTitle} heights={[60, 120, 320]} label={t.loading} className="stack">
      {(study) => <LoadedStudy study={study} isDeleted={isGone} />}
    </Loaded>
  );
}

interface LoadedStudyProps {
  study: StudyDetail;
  /** Whether it has been deleted since: it is shown as it was last known. */
  isDeleted: boolean;
}

function LoadedStudy({ study, isDeleted }: LoadedStudyProps) {
  const trials = useTrials(study);
  const { data } = useStudyResult(study);
  const isOver = hasEnded(study.state);
  useEffect(() => {
    if (!isOver) {
      watchStudy(study.id);
    }
  }, [study.id, isOver]);
  const { data: catalog } = useCatalog();
  const result = useMemo(
    () => (data === undefined ? undefined : namedResult(data, trials.data ?? [], catalog)),
    [data, trials.data, catalog],
  );
  return (
    <div className="stack">
      <StudyHeader study={study} trials={trials.data ?? []} isDeleted={isDeleted} />
      {isDeleted && <DeletedNote title={t.deletedTitle} text={t.deletedText} />}
      {result !== undefined && <Verdict study={study} result={result} catalog={catalog} />}
      <Summary study={study} catalog={catalog} />
      <Loaded query={trials} errorTitle={t.trialsError} heights={[320, 320]} label={t.loading} className="stack">
        {(loaded) => (
          <>
            <Trials study={study} trials={loaded} result={result} catalog={catalog} />
            <TestCard study={study} isDeleted={isDeleted} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Summary({ study, catalog }: { study: StudyDetail; catalog: Catalog | undefined }) {
  const { best, metric, counts, trials } = study;
  const ended = done(study);
  return (
    <>
      {!hasEnded(study.state) && (
        <ProgressBar
          value={trials === 0 ? 1 : ended / trials}
          label={t.progress}
          state={study.state === 'running' ? 'running' : 'succeeded'}
        />
      )}
      <Figures label={t.figures.label}>
        <Figure
          name={t.figures.best(metricLabel(metric))}
          value={best === null ? text.units.none : formatMetric(metric, best.value)}
          note={best === null ? null : `#${best.number}: ${assignmentText(best.assignment, catalog)}`}
        />
        <Figure name={t.figures.trials} value={`${integer(ended)} / ${integer(trials)}`} note={t.counts(counts)} />
        <Figure name={t.figures.time} value={duration(study.seconds)} note={t.figures.flops(short(study.flops))} />
        <Figure
          name={t.figures.looks}
          value={integer(study.testLooks)}
          note={study.testLooks === 0 ? t.figures.unopened : t.figures.opened(study.testLooks)}
        />
      </Figures>
    </>
  );
}

interface TrialsProps {
  study: StudyDetail;
  trials: readonly TrialEntry[];
  result: StudyResult | undefined;
  catalog: Catalog | undefined;
}

function Trials({ study, trials, result, catalog }: TrialsProps) {
  const [search, update] = useSearch();
  const brushes = useMemo(() => readBrushes(search), [search]);
  const setBrushes = (next: Brushes) => update((params) => writeBrushes(next, params));
  const runs = useMemo(() => trials.map(({ number }) => ({ id: String(number), name: `#${number}` })), [trials]);
  const { settings, value } = useMemo(() => variablesOf(study, trials, catalog), [study, trials, catalog]);
  const styles = useMemo(() => stylesOf(study, trials), [study, trials]);
  const informative = useMemo(() => settings.filter(isInformative), [settings]);
  const axes = useMemo(() => [...informative, value], [informative, value]);
  const inside = useMemo(() => {
    const ids = runs.map(({ id }) => id);
    const scaled = axes.map((variable) => ({ variable, scale: scaleOf(variable, ids) }));
    return insideOf(ids, scaled, brushes);
  }, [runs, axes, brushes]);
  const measured = useMemo(() => runs.filter(({ id }) => value.valueOf(id) !== null), [runs, value]);
  const isSearch = !isComparison(study, trials) && measured.length > 1;
  return (
    <>
      {result?.comparison != null && (
        <ComparisonCard study={study} trials={trials} result={result} comparison={result.comparison} />
      )}
      {isComparison(study, trials) ? (
        <SettingCurvesCard study={study} trials={trials} catalog={catalog} />
      ) : (
        <CurvesCard study={study} trials={trials} styles={styles} inside={inside} />
      )}
      {measured.length > 1 && informative.length > 1 && (
        <ParallelCard
          comparison={{ runs: measured }}
          variables={axes}
          styles={styles}
          brushes={brushes}
          onBrushes={setBrushes}
        />
      )}
      {isSearch && informative.length > 0 && (
        <SlicesCard runs={measured} settings={informative} {...{ value, styles, inside }} />
      )}
      {isSearch && (
        <div className="study-columns">
          {informative.length > 1 && (
            <SurfaceCard
              goal={study.goal}
              runs={measured}
              settings={byImportance(informative, study, result)}
              value={value}
              inside={inside}
            />
          )}
          {result?.importance != null && <ImportanceCard importance={result.importance} />}
        </div>
      )}
      <TrialsCard study={study} trials={trials} inside={brushes.size === 0 ? null : inside} catalog={catalog} />
      {result !== undefined && result.savings.length > 0 && <SavingsCard study={study} savings={result.savings} />}
    </>
  );
}

/** Numbers of all trials first, then those of some; the most important first. The surface begins with the first two. */
function byImportance(
  settings: readonly Variable[],
  { definition }: StudyDetail,
  result: StudyResult | undefined,
): readonly Variable[] {
  const shares = new Map(result?.importance?.parameters.map(({ name, fanova }) => [name, fanova]));
  const conditional = new Set(definition.parameters.filter(({ when }) => when != null).map(({ name }) => name));
  const share = ({ label }: Variable) => shares.get(label) ?? 0;
  const rank = ({ kind, label }: Variable) => (kind === 'category' ? 2 : conditional.has(label) ? 1 : 0);
  return settings.toSorted((a, b) => rank(a) - rank(b) || share(b) - share(a));
}

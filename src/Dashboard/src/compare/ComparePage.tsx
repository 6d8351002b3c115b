import { memo, useDeferredValue, useMemo, useState } from 'react';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { useSearch } from '../shell/navigation';
import { usePageTitle } from '../shell/usePageTitle';
import { text } from '../text/text';
import { ChosenRuns } from './ChosenRuns';
import { type Comparison, fewest } from './comparison';
import { CurvesCard } from './curves/CurvesCard';
import { Exports } from './Exports';
import { GoneNotice } from './GoneNotice';
import { Notes } from './Notes';
import { lineStyles } from './palette';
import { RunPicker } from './picker/RunPicker';
import { DifferencesCard } from './table/DifferencesCard';
import { GroupsCard } from './table/GroupsCard';
import { useChosenRuns } from './useChosenRuns';
import { useComparison } from './useComparison';
import { type Brushes, insideOf, readBrushes, writeBrushes } from './variables/brush';
import { HeatCard } from './variables/HeatCard';
import { ParallelCard } from './variables/ParallelCard';
import { ScatterCard } from './variables/ScatterCard';
import { scaleOf } from './variables/scale';
import { isTelling, resultsOf, settingsOf } from './variables/variables';
import { type CurveView, metricsOf, readCurveView, writeCurveView } from './view';
import '../charts/charts.css';
import './compare.css';

/** Any runs side by side. All that is chosen here stands in the address. */
export function ComparePage() {
  const title = usePageTitle(text.compare.title);
  const { runs, setRuns, gone, onGone, closeNotice } = useChosenRuns();
  const [search, update] = useSearch();
  const view = useMemo(() => readCurveView(search), [search]);
  const [isPicking, setPicking] = useState(runs.length < fewest);
  const { data, error, refetch, isPlaceholderData } = useComparison({ runs, metrics: metricsOf(view), onGone });
  const isEnough = runs.length >= fewest;
  // It stays open when the second run is chosen again.
  if (!isEnough && !isPicking) {
    setPicking(true);
  }

  return (
    <>
      <div className="compare-head">
        <h1 ref={title} tabIndex={-1}>
          {text.compare.title}
        </h1>
        {isEnough && data !== undefined && <Exports runs={runs} />}
      </div>
      <GoneNotice gone={gone} onClose={closeNotice} />
      {runs.length > 0 && (
        <ChosenRuns
          runs={runs}
          known={data?.runs ?? []}
          isPicking={isPicking}
          onPicking={setPicking}
          onChange={setRuns}
        />
      )}
      {isPicking && <RunPicker chosen={runs} onChange={setRuns} />}
      {!isEnough ? null : error !== null && data === undefined ? (
        <Problem title={text.compare.errorTitle} error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={text.compare.loading} className="compare-cards">
          <Skeleton height={60} />
          <Skeleton height={420} />
          <Skeleton height={240} />
        </div>
      ) : (
        <Cards
          comparison={data}
          isLoading={isPlaceholderData}
          view={view}
          onView={(next) => update((params) => writeCurveView(next, params))}
          onRuns={setRuns}
        />
      )}
    </>
  );
}

interface DetailsProps {
  comparison: Comparison;
  onRuns: (runs: readonly string[]) => void;
}

interface CardsProps extends DetailsProps {
  /** Whether it is of what was asked for before. */
  isLoading: boolean;
  view: CurveView;
  onView: (view: CurveView) => void;
}

function Cards({ comparison, isLoading, view, onView, onRuns }: CardsProps) {
  // While runs train the curves go first; the rest follows when there is time.
  const settled = useDeferredValue(comparison);
  return (
    <div className="compare-cards">
      <Notes notes={comparison.comparability} />
      <CurvesCard {...{ comparison, isLoading, view, onView }} />
      <Details comparison={settled} onRuns={onRuns} />
    </div>
  );
}

const Details = memo(function Details({ comparison, onRuns }: DetailsProps) {
  const [search, update] = useSearch();
  const brushes = useMemo(() => readBrushes(search), [search]);
  const setBrushes = (next: Brushes) => update((params) => writeBrushes(next, params));

  const ids = useMemo(() => comparison.runs.map(({ id }) => id), [comparison]);
  const styles = useMemo(() => lineStyles(ids), [ids]);
  const settings = useMemo(() => settingsOf(comparison).filter(isTelling), [comparison]);
  const results = useMemo(() => resultsOf(comparison, text.compare.scatter.elapsed), [comparison]);
  // The time of training says more of the machine than of the run: it is offered as an axis, not drawn among the results.
  const axes = useMemo(() => [...settings, ...results.filter(({ id }) => id.startsWith('best:'))], [settings, results]);
  const inside = useMemo(
    () =>
      insideOf(
        ids,
        axes.map((variable) => ({ variable, scale: scaleOf(variable, ids) })),
        brushes,
      ),
    [ids, axes, brushes],
  );

  return (
    <>
      <DifferencesCard comparison={comparison} styles={styles} />
      <GroupsCard comparison={comparison} />
      <ParallelCard
        {...{ comparison, styles, brushes }}
        variables={axes}
        onBrushes={setBrushes}
        onKeep={(kept) => {
          setBrushes(new Map());
          onRuns(kept);
        }}
      />
      <div className="compare-pair">
        <ScatterCard {...{ comparison, settings, results, styles, inside }} />
        <HeatCard {...{ comparison, settings, results }} />
      </div>
    </>
  );
});

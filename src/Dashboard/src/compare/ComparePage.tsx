import { memo, useDeferredValue, useMemo, useState } from 'react';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { useSearch } from '../navigation/navigation';
import { text } from '../text/text';
import { ConclusionCard } from './ConclusionCard';
import { type Comparison, minimumRuns } from './comparison';
import { CurvesCard } from './curves/CurvesCard';
import { Exports } from './Exports';
import { lineStylesOf } from './lineStyle';
import { Notes } from './Notes';
import { RunPicker } from './RunPicker';
import { DeletedNotice, SelectedRuns } from './SelectedRuns';
import { DifferencesCard } from './table/DifferencesCard';
import { GroupsCard } from './table/GroupsCard';
import { useComparison } from './useComparison';
import { useSelectedRuns } from './useSelectedRuns';
import { type Brushes, insideOf, readBrushes, writeBrushes } from './variables/brush';
import { HeatCard } from './variables/HeatCard';
import { ParallelCard } from './variables/ParallelCard';
import { ScatterCard } from './variables/ScatterCard';
import { scaleOf } from './variables/scale';
import { isInformative, resultsOf, settingsOf } from './variables/variables';
import { type CurveView, metricsOf, readCurveView, writeCurveView } from './view';
import '../charts/charts.css';
import './compare.css';

/** Compares runs. The selection and the whole view are in the URL. */
export function ComparePage() {
  const { runs, setRuns, deleted, onDeleted, closeNotice } = useSelectedRuns();
  const [search, update] = useSearch();
  const view = useMemo(() => readCurveView(search), [search]);
  const [isPicking, setPicking] = useState(runs.length < minimumRuns);
  const query = useComparison({ runs, metrics: metricsOf(view), onDeleted });
  const { data } = query;
  const isEnough = runs.length >= minimumRuns;
  // The picker stays open after the second run is selected.
  if (!isEnough && !isPicking) {
    setPicking(true);
  }

  return (
    <>
      <div className="row spread">
        <PageTitle>{text.compare.title}</PageTitle>
        {isEnough && data !== undefined && <Exports runs={runs} />}
      </div>
      <DeletedNotice deleted={deleted} onClose={closeNotice} />
      {runs.length > 0 && (
        <SelectedRuns runs={runs} loaded={data} isPicking={isPicking} onPicking={setPicking} onChange={setRuns} />
      )}
      {isPicking && <RunPicker selected={runs} onChange={setRuns} />}
      {isEnough && (
        <Loaded
          query={query}
          errorTitle={text.compare.errorTitle}
          heights={[60, 420, 240]}
          label={text.compare.loading}
          className="stack"
        >
          {(comparison) => (
            <Cards
              comparison={comparison}
              isLoading={query.isPlaceholderData}
              view={view}
              onView={(next) => update((params) => writeCurveView(next, params))}
              onRuns={setRuns}
            />
          )}
        </Loaded>
      )}
    </>
  );
}

interface DetailsProps {
  comparison: Comparison;
  onRuns: (runs: readonly string[]) => void;
}

interface CardsProps extends DetailsProps {
  /** Whether the comparison is the previous one, while another one is being loaded. */
  isLoading: boolean;
  view: CurveView;
  onView: (view: CurveView) => void;
}

function Cards({ comparison, isLoading, view, onView, onRuns }: CardsProps) {
  // While runs train, the curves have priority over the other cards.
  const settled = useDeferredValue(comparison);
  return (
    <div className="stack">
      <ConclusionCard comparison={comparison} />
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
  const styles = useMemo(() => lineStylesOf(comparison).runs, [comparison]);
  const settings = useMemo(() => settingsOf(comparison).filter(isInformative), [comparison]);
  const results = useMemo(() => resultsOf(comparison, text.compare.scatter.elapsed), [comparison]);
  // Training time depends on the machine: it is an optional axis, not one of the results.
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
      <div className="pair">
        <ScatterCard {...{ comparison, settings, results, styles, inside }} />
        <HeatCard {...{ comparison, settings, results }} />
      </div>
    </>
  );
});

import { lazy, Suspense, useEffect, useMemo } from 'react';
import { isTerminal, type RunDetail } from '../api/types';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Loaded';
import { watchRun } from '../live/watchedRuns';
import { useSearch } from '../navigation/navigation';
import { usePrinting } from '../navigation/printing';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import { runStatus } from './history/status';
import { Overview } from './Overview';
import { PrintedRun } from './PrintedRun';
import { useFindings } from './queries';
import { RunHeader } from './RunHeader';
import { asRunTab, type RunTab, RunTabs, tabsOf } from './RunTabs';
import { asDeleted, useDeleted } from './useDeleted';
import { useRunHistory } from './useRun';
import { WithRun } from './WithRun';
import './run.css';

/** Lazily loaded chunks. */
const views = {
  layers: lazy(() => import('./layers/LayersView')),
  evaluation: lazy(() => import('./evaluation/EvaluationView')),
  boundary: lazy(() => import('./boundary/BoundaryView')),
  details: lazy(() => import('./DetailsView')),
  log: lazy(() => import('./LogView')),
  files: lazy(() => import('./FilesView')),
  code: lazy(() => import('./CodeView')),
} as const satisfies Record<Exclude<RunTab, 'overview'>, unknown>;

export const RunPage = ({ id }: { id: string }) => (
  <WithRun id={id}>{(run, error) => <LoadedRun run={run} error={error} />}</WithRun>
);

function LoadedRun({ run: known, error }: { run: RunDetail; error: Error | null }) {
  const isDeleted = useDeleted(known.id, error);
  const run = useMemo(() => (isDeleted ? asDeleted(known) : known), [isDeleted, known]);
  const history = useRunHistory(run.id, isTerminal(run.state));
  const status = useMemo(() => runStatus(run, history), [run, history]);
  const failure = status.state === 'failed' ? status.failure : null;
  // The diagnosis has the cause, the evidence and the fix of a divergence.
  const isDiagnosed = useFindings(run.id).data?.findings.some(({ rule }) => rule === failure?.class) ?? false;
  const [search] = useSearch();
  const tabs = tabsOf(run);
  const requested = asRunTab(search.get('tab'));
  const tab = tabs.includes(requested) ? requested : 'overview';
  const View = tab === 'overview' ? null : views[tab];
  const isOpen = !isTerminal(status.state);
  const isPrinting = usePrinting();
  useEffect(() => {
    if (isOpen) {
      watchRun(known.id);
    }
  }, [isOpen, known.id]);
  return (
    <>
      <RunHeader run={run} status={status} history={history} />
      {isDeleted && (
        <section className="note note-warning" role="alert" data-testid="deleted">
          <Icon shape="warning" />
          <div>
            <h2>{text.run.deletedTitle}</h2>
            <p>{text.run.deletedText}</p>
          </div>
        </section>
      )}
      {failure !== null && !isDiagnosed && (
        <section className="run-failure note note-problem" role="alert" data-testid="failure">
          <Icon shape="problem" />
          <div>
            <h2>{text.failure.title(text.failures[failure.class] ?? failure.class)}</h2>
            <p>{translate('run', failure, failure.message)}</p>
          </div>
        </section>
      )}
      <RunTabs run={run} current={tab} />
      {(View === null || isPrinting) && <Overview run={run} status={status} history={history} />}
      {View !== null && (
        <Suspense fallback={<Skeleton height={420} />}>
          <View run={run} status={status} history={history} />
        </Suspense>
      )}
      {isPrinting && <PrintedRun run={run} history={history} />}
    </>
  );
}

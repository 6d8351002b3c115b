import { lazy, Suspense } from 'react';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Loaded';
import { useSearch } from '../navigation/navigation';
import { usePrinting } from '../navigation/printing';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import type { RunTabProps } from './history/status';
import { Overview } from './Overview';
import { PrintedRun } from './PrintedRun';
import { useFindings } from './queries';
import { asRunTab, type RunTab, RunTabs, tabsOf } from './RunTabs';
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

export const RunPage = ({ id }: { id: string }) => <WithRun id={id}>{(parts) => <RunViews {...parts} />}</WithRun>;

function RunViews({ run, status, history }: RunTabProps) {
  const [search] = useSearch();
  const tabs = tabsOf(run);
  const requested = asRunTab(search.get('tab'));
  const tab = tabs.includes(requested) ? requested : 'overview';
  const View = tab === 'overview' ? null : views[tab];
  const isPrinting = usePrinting();
  const hasOverview = View === null || isPrinting;
  return (
    <>
      <Failure run={run} status={status} hasDiagnosis={hasOverview} />
      <RunTabs run={run} current={tab} />
      {hasOverview && <Overview run={run} status={status} history={history} />}
      {View !== null && (
        <Suspense fallback={<Skeleton height={420} />}>
          <View run={run} status={status} history={history} />
        </Suspense>
      )}
      {isPrinting && <PrintedRun run={run} history={history} />}
    </>
  );
}

interface FailureProps extends Omit<RunTabProps, 'history'> {
  /** Whether the diagnosis is on the page. */
  hasDiagnosis: boolean;
}

/** Why the run failed; not beside the diagnosis of the same failure, which has the cause, the evidence and the fix. */
function Failure({ run, status, hasDiagnosis }: FailureProps) {
  const { data, isPending } = useFindings(run.id);
  const failure = status.state === 'failed' ? status.failure : null;
  const isDiagnosed = isPending || data?.findings.some(({ rule }) => rule === failure?.class) === true;
  return (
    failure !== null &&
    !(hasDiagnosis && isDiagnosed) && (
      <section className="run-failure note note-problem" role="alert" data-testid="failure">
        <Icon shape="problem" />
        <div>
          <h2>{text.failure.title(text.failures[failure.class] ?? failure.class)}</h2>
          <p>{translate('run', failure, failure.message)}</p>
        </div>
      </section>
    )
  );
}

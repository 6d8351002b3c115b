import { lazy, Suspense, useMemo } from 'react';
import { ApiError } from '../api/problem';
import { isTerminal, type RunDetail } from '../api/types';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { Link, useSearch } from '../shell/navigation';
import { usePageTitle } from '../shell/usePageTitle';
import { say } from '../text/said';
import { text } from '../text/text';
import { Overview } from './Overview';
import { RunHeader } from './RunHeader';
import { asRunTab, type RunTab, RunTabs, runTabs } from './RunTabs';
import { useRunDetail, useRunView } from './useRun';
import { presentOf } from './view/present';
import './run.css';

/** Each view but the first is a chunk of its own. */
const views = {
  layers: lazy(() => import('./layers/LayersView')),
  evaluation: lazy(() => import('./evaluation/EvaluationView')),
  boundary: lazy(() => import('./boundary/BoundaryView')),
  log: lazy(() => import('./LogView')),
  files: lazy(() => import('./FilesView')),
  code: lazy(() => import('./CodeView')),
} as const satisfies Record<Exclude<RunTab, 'overview'>, unknown>;

export function RunPage({ id }: { id: string }) {
  const { data, error, refetch } = useRunDetail(id);
  if (data !== undefined) {
    return <LoadedRun run={data} />;
  }
  if (error === null) {
    return <LoadingRun />;
  }
  const isUnknown = error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 400);
  return isUnknown ? (
    <MissingRun />
  ) : (
    <Problem title={text.run.errorTitle} error={error} onRetry={() => void refetch()} />
  );
}

function LoadedRun({ run }: { run: RunDetail }) {
  const title = usePageTitle(run.name);
  const view = useRunView(run.id, isTerminal(run.state));
  const present = useMemo(() => presentOf(run, view), [run, view]);
  const [search] = useSearch();
  // A boundary can be drawn where a sample is a point of the plane.
  const isPlane = run.layers[0]?.input.length === 1 && run.layers[0].input[0] === 2;
  const tabs = runTabs.filter((tab) => tab !== 'boundary' || isPlane);
  const asked = asRunTab(search.get('tab'));
  const tab = tabs.includes(asked) ? asked : 'overview';
  const View = tab === 'overview' ? null : views[tab];
  return (
    <>
      <RunHeader run={run} present={present} view={view} title={title} />
      {present.failure !== null && present.state === 'failed' && (
        <section className="message message-danger" role="alert" data-testid="failure">
          <h2>{text.failure.title(text.failures[present.failure.class] ?? present.failure.class)}</h2>
          <p>{say('story', present.failure, present.failure.message)}</p>
        </section>
      )}
      <RunTabs tabs={tabs} current={tab} />
      {View === null ? (
        <Overview run={run} present={present} view={view} />
      ) : (
        <Suspense fallback={<Skeleton height={420} />}>
          <View run={run} present={present} />
        </Suspense>
      )}
    </>
  );
}

const LoadingRun = () => (
  <div className="run-loading" role="status" aria-label={text.run.loading}>
    <Skeleton height={96} />
    <Skeleton height={88} />
    <div className="run-curves">
      <Skeleton height={340} />
      <Skeleton height={340} />
    </div>
  </div>
);

function MissingRun() {
  const title = usePageTitle(text.run.notFoundTitle);
  return (
    <div className="message">
      <h1 ref={title} tabIndex={-1}>
        {text.run.notFoundTitle}
      </h1>
      <p>{text.run.notFoundText}</p>
      <Link className="button" href="/">
        {text.run.back}
      </Link>
    </div>
  );
}

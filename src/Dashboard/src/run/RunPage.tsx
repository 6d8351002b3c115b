import { useMemo } from 'react';
import { ApiError } from '../api/problem';
import type { RunDetail } from '../api/types';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { Link } from '../shell/navigation';
import { usePageTitle } from '../shell/usePageTitle';
import { text } from '../text/text';
import { Attempts } from './Attempts';
import { AccuracyCard, LossCard } from './CurveCards';
import { Events } from './Events';
import { Layers } from './Layers';
import { RunFigures } from './RunFigures';
import { RunHeader } from './RunHeader';
import { Spec } from './Spec';
import { useRunDetail, useRunView } from './useRun';
import { presentOf } from './view/present';
import './run.css';

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
  const view = useRunView(run.id);
  const present = useMemo(() => presentOf(run, view), [run, view]);
  return (
    <>
      <RunHeader run={run} present={present} view={view} title={title} />
      {present.failure !== null && present.state === 'failed' && (
        <section className="message message-danger" role="alert" data-testid="failure">
          <h2>{text.failure.title(text.failures[present.failure.class] ?? present.failure.class)}</h2>
          <p>{present.failure.message}</p>
        </section>
      )}
      <RunFigures run={run} present={present} view={view} />
      <div className="run-curves">
        <LossCard view={view} present={present} />
        <AccuracyCard view={view} present={present} />
      </div>
      <div className="run-details">
        <div>
          <Layers layers={run.layers} />
          <Spec spec={run.spec} sha256={run.specSha256} />
        </div>
        <div>
          <Events log={view.log} />
          <Attempts attempts={run.attempts} />
        </div>
      </div>
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

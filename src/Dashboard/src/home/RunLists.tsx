import type { RunSummary } from '../api/types';
import { Card } from '../design/Card';
import { ProgressBar } from '../design/ProgressBar';
import { StateBadge } from '../design/StateBadge';
import { Link } from '../navigation/navigation';
import { useNow } from '../navigation/useNow';
import { Diagnosis } from '../runs/Diagnosis';
import { Sparkline } from '../runs/Sparkline';
import { useExperiments } from '../runs/useExperiments';
import { ago, dateTime, duration, epochOf, integer, percent } from '../text/format';
import { techniquesOf } from '../text/settings';
import { text } from '../text/text';
import type { Experiment } from './useLatest';

const t = text.home;

/** The runs that train, pause or wait. more: how many others do. */
export const ActiveRuns = ({ runs, more }: { runs: readonly RunSummary[]; more: number }) => (
  <Card
    title={t.running}
    actions={
      more > 0 && (
        <Link href="/runs?state=running&state=pausing&state=paused&state=queued">{t.more(integer(more))}</Link>
      )
    }
  >
    <ul className="home-active">
      {runs.map((run) => (
        <li key={run.id} data-run={run.id}>
          <div className="row spread">
            <Link href={`/runs/${run.id}`}>{run.name}</Link>
            <StateBadge state={run.state} />
          </div>
          <ProgressBar value={run.progress} label={text.runs.progressLabel(run.name)} state={run.state} />
          <div className="row spread muted">
            <span>
              {epochOf(run)}
              {run.remainingSeconds !== null && ` · ${t.left(duration(run.remainingSeconds))}`}
            </span>
            {run.bestValidationAccuracy !== null && <span>{t.best(percent(run.bestValidationAccuracy))}</span>}
          </div>
        </li>
      ))}
    </ul>
  </Card>
);

/** The newest runs that have ended. */
export function LatestRuns({ runs }: { runs: readonly RunSummary[] }) {
  const now = useNow(30_000);
  return (
    <Card title={t.latest} actions={<Link href="/runs">{t.all}</Link>}>
      <ul className="home-runs" aria-label={t.latestLabel}>
        {runs.map((run) => (
          <li key={run.id} data-run={run.id}>
            <span className="home-name">
              <Link href={`/runs/${run.id}`}>{run.name}</Link>
              <small>{techniquesOf(run).join(', ')}</small>
            </span>
            <Sparkline run={run} />
            <b>{percent(run.bestValidationAccuracy)}</b>
            <Diagnosis diagnosis={run.diagnosis} />
            <span>
              <StateBadge state={run.state} />
            </span>
            <time className="muted" dateTime={run.createdAt} title={dateTime(run.createdAt)}>
              {ago(run.createdAt, now)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The experiments of the latest runs. */
export const Experiments = (props: ExperimentsProps) =>
  props.isPartial ? <CountedExperiments {...props} /> : <ExperimentList {...props} />;

interface ExperimentsProps {
  experiments: readonly Experiment[];
  /** Whether there are runs that the page does not know. */
  isPartial: boolean;
}

/** With the number of all runs from the service. */
function CountedExperiments({ experiments }: ExperimentsProps) {
  const counts = new Map(
    useExperiments('').data?.pages.flatMap(({ items }) => items.map(({ name, runs }) => [name, runs] as const)),
  );
  const counted = experiments.map((one) => {
    const runs = counts.get(one.name) ?? one.runs;
    // The best may be a run that the page does not know.
    return { ...one, runs, best: runs === one.runs ? one.best : null };
  });
  return <ExperimentList experiments={counted} />;
}

const ExperimentList = ({ experiments }: Pick<ExperimentsProps, 'experiments'>) => (
  <Card title={t.experiments}>
    <ul className="home-experiments">
      {experiments.map(({ name, runs, best }) => (
        <li key={name}>
          <Link href={`/runs?experiment=${encodeURIComponent(name)}`}>{name}</Link>
          <small>
            {t.runs(integer(runs), runs === 1)}
            {best !== null && ` · ${t.best(percent(best))}`}
          </small>
        </li>
      ))}
    </ul>
  </Card>
);

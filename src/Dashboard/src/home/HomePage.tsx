import { useEffect } from 'react';
import { Skeleton } from '../design/Loaded';
import { Problem } from '../design/Problem';
import { HomeLessons } from '../lessons/HomeLessons';
import { navigate } from '../navigation/navigation';
import { TemplateCards } from '../templates/TemplateCards';
import { Terminal } from '../templates/Terminal';
import { text } from '../text/text';
import { LatestStudies } from './LatestStudies';
import { ActiveRuns, Experiments, LatestRuns } from './RunLists';
import { useLatest } from './useLatest';
import { Welcome } from './Welcome';
import './home.css';

const t = text.home;

/** What Trainyard is, ways to start, and what is going on. */
export function HomePage() {
  useRunsAddress();
  const { query, runs, active, moreActive, latest, experiments, isPartial } = useLatest();
  if (runs === undefined && query.error === null) {
    return (
      <div role="status" aria-label={t.loading} className="stack">
        <Skeleton height={170} />
        <Skeleton height={300} />
      </div>
    );
  }
  const isFresh = runs?.length === 0;
  return (
    <>
      <Welcome isFresh={isFresh} />
      {runs === undefined && query.error !== null && (
        <Problem title={t.errorTitle} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {experiments.length > 0 && (
        <div className="home-columns">
          <div className="stack">
            {active.length > 0 && <ActiveRuns runs={active} more={moreActive} />}
            {latest.length > 0 && <LatestRuns runs={latest} />}
          </div>
          <div className="stack">
            <Experiments experiments={experiments} isPartial={isPartial} />
            <LatestStudies />
          </div>
        </div>
      )}
      <HomeLessons />
      <section className="stack tight" aria-labelledby="templates-title">
        <h2 id="templates-title">{isFresh ? t.templatesFirst : t.templates}</h2>
        <TemplateCards label={t.templates} isRow={!isFresh} />
      </section>
      {isFresh && <Terminal />}
    </>
  );
}

/** An address of the run table from before it had a page of its own, such as `/?tag=cnn`. */
function useRunsAddress(): void {
  useEffect(() => {
    if (window.location.search !== '') {
      navigate(`/runs${window.location.search}`, { replace: true });
    }
  }, []);
}

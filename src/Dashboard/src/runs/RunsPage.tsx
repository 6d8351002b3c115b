import { useCallback, useMemo } from 'react';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { useSearch } from '../shell/navigation';
import { usePageTitle } from '../shell/usePageTitle';
import { text } from '../text/text';
import { isFiltered, type RunFilter, readFilter, writeFilter } from './filters';
import { RunFilters } from './RunFilters';
import { RunsTable } from './RunsTable';
import { useRuns } from './useRuns';
import { Welcome } from './Welcome';
import './runs.css';

export function RunsPage() {
  const title = usePageTitle(text.runs.title);
  const [search, updateSearch] = useSearch();
  const filter = useMemo(() => readFilter(search), [search]);
  const setFilter = useCallback(
    (next: RunFilter) => updateSearch((params) => writeFilter(next, params)),
    [updateSearch],
  );
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useRuns(filter);

  const runs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const isEmpty = data !== undefined && runs.length === 0 && !isPlaceholderData;

  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {text.runs.title}
      </h1>
      {isEmpty && !isFiltered(filter) ? (
        <Welcome />
      ) : (
        <>
          <RunFilters filter={filter} runs={runs} onChange={setFilter} />
          {error !== null && data === undefined ? (
            <Problem title={text.runs.errorTitle} error={error} onRetry={() => void refetch()} />
          ) : isPending ? (
            <div className="runs-loading" role="status" aria-label={text.runs.loading}>
              {[0, 1, 2, 3, 4].map((row) => (
                <Skeleton key={row} height={56} />
              ))}
            </div>
          ) : isEmpty ? (
            <div className="message">
              <h2>{text.runs.noMatchTitle}</h2>
              <p>{text.runs.noMatchText}</p>
              <button type="button" className="button" onClick={() => setFilter({ states: [], experiment: null })}>
                {text.runs.clearFilters}
              </button>
            </div>
          ) : (
            <>
              <RunsTable runs={runs} />
              <div className="runs-more">
                {hasNextPage ? (
                  <button
                    type="button"
                    className="button"
                    aria-disabled={isFetchingNextPage}
                    onClick={() => !isFetchingNextPage && void fetchNextPage()}
                  >
                    {isFetchingNextPage ? text.runs.loadingMore : text.runs.more}
                  </button>
                ) : (
                  <p>{text.runs.allShown(runs.length)}</p>
                )}
              </div>
            </>
          )}
        </>
      )}
    </>
  );
}

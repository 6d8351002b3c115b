import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { api, unwrap } from '../api/client';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Loaded } from '../design/Loaded';
import { SearchField } from '../design/SearchField';
import { StateBadge } from '../design/StateBadge';
import { Link } from '../navigation/navigation';
import { percent } from '../text/format';
import { techniquesOf } from '../text/settings';
import { text } from '../text/text';
import { maximumRuns } from './comparison';

const t = text.compare.picker;

interface RunPickerProps {
  selected: readonly string[];
  onChange: (runs: readonly string[]) => void;
}

/** Matching runs, newest first. */
const useRunSearch = (words: string) =>
  useInfiniteQuery({
    queryKey: ['compare-picker', words],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(words === '' ? {} : { q: words }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return unwrap(api.GET('/api/v1/runs', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    staleTime: 10_000,
  });

/** A search over the runs; each result has a checkbox. */
export function RunPicker({ selected, onChange }: RunPickerProps) {
  const [search, setSearch] = useState('');
  const may = usePermissions();
  const words = useDeferredValue(search.trim());
  const query = useRunSearch(words);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const isFull = selected.length >= maximumRuns;
  const toggle = (id: string, isSelected: boolean) =>
    onChange(isSelected ? selected.filter((other) => other !== id) : [...selected, id]);

  return (
    <Card title={t.title} className="picker">
      <p className="picker-intro muted">{t.intro}</p>
      <SearchField label={t.search} placeholder={t.placeholder} value={search} characters={200} onChange={setSearch} />
      {isFull && <p className="card-note">{t.full(maximumRuns)}</p>}
      <Loaded query={query} errorTitle={t.failed} heights={[160]} label={t.loading}>
        {({ pages }) => {
          const runs = pages.flatMap((page) => page.items);
          return runs.length === 0 && !hasNextPage ? (
            <div className="stack">
              <p>{words === '' ? t.empty : t.none}</p>
              {words === '' && may.submit && (
                <Link className="button" href="/new">
                  {t.newRun}
                </Link>
              )}
            </div>
          ) : (
            <ul className="picker-runs" aria-label={t.results}>
              {runs.map((run) => {
                const isSelected = selected.includes(run.id);
                return (
                  <li key={run.id}>
                    <label>
                      <input
                        type="checkbox"
                        checked={isSelected}
                        disabled={isFull && !isSelected}
                        onChange={() => toggle(run.id, isSelected)}
                      />
                      <span className="picker-name">
                        {run.name}
                        <small>{[run.experiment, ...techniquesOf(run)].join(' · ')}</small>
                      </span>
                      <StateBadge state={run.state} />
                      <span className="num">{percent(run.bestValidationAccuracy)}</span>
                    </label>
                  </li>
                );
              })}
              {hasNextPage && (
                <li>
                  <Button small onClick={() => !isFetchingNextPage && void fetchNextPage()}>
                    {t.more}
                  </Button>
                </li>
              )}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}

import { useDeferredValue, useState } from 'react';
import { Problem } from '../../design/Problem';
import { Skeleton } from '../../design/Skeleton';
import { StateBadge } from '../../design/StateBadge';
import { Link } from '../../shell/navigation';
import { percent } from '../../text/format';
import { text } from '../../text/text';
import { most } from '../comparison';
import { useRunSearch } from './useRunSearch';

const words = text.compare.picker;

interface RunPickerProps {
  chosen: readonly string[];
  onChange: (runs: readonly string[]) => void;
}

/** A search over the runs; each result is a box to tick. */
export function RunPicker({ chosen, onChange }: RunPickerProps) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useRunSearch(wanted);
  const runs = data?.pages.flatMap((page) => page.items) ?? [];
  const isFull = chosen.length >= most;
  const toggle = (id: string, isChosen: boolean) =>
    onChange(isChosen ? chosen.filter((other) => other !== id) : [...chosen, id]);

  return (
    <section className="card picker" aria-labelledby="picker-title">
      <div className="card-head">
        <h2 id="picker-title">{words.title}</h2>
      </div>
      <p className="picker-intro">{words.intro}</p>
      <input
        type="search"
        className="input"
        aria-label={words.search}
        placeholder={words.placeholder}
        value={search}
        maxLength={200}
        onChange={(event) => setSearch(event.target.value)}
      />
      {isFull && <p className="card-note">{words.full(most)}</p>}
      {error !== null && data === undefined ? (
        <Problem title={words.failed} error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={words.loading}>
          <Skeleton height={160} />
        </div>
      ) : runs.length === 0 && !hasNextPage ? (
        <div className="picker-none">
          <p>{wanted === '' ? words.empty : words.none}</p>
          {wanted === '' && (
            <Link className="button" href="/new">
              {words.newRun}
            </Link>
          )}
        </div>
      ) : (
        <ul className="picker-runs" aria-label={words.results}>
          {runs.map((run) => {
            const isChosen = chosen.includes(run.id);
            return (
              <li key={run.id}>
                <label>
                  <input
                    type="checkbox"
                    checked={isChosen}
                    disabled={isFull && !isChosen}
                    onChange={() => toggle(run.id, isChosen)}
                  />
                  <span className="picker-name">
                    {run.name}
                    <small>
                      {run.experiment} · {run.dataset} · {run.model}, {run.optimizer}
                    </small>
                  </span>
                  <StateBadge state={run.state} />
                  <span className="num">{percent(run.bestValidationAccuracy)}</span>
                </label>
              </li>
            );
          })}
          {hasNextPage && (
            <li>
              <button
                type="button"
                className="button button-small"
                onClick={() => !isFetchingNextPage && void fetchNextPage()}
              >
                {words.more}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

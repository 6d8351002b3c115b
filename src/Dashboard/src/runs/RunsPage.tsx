import { useCallback, useMemo, useRef, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { Button } from '../design/Button';
import { Dialog } from '../design/Dialog';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { toggled } from '../design/toggled';
import { Link, navigate, useSearch } from '../navigation/navigation';
import { integer } from '../text/format';
import { text } from '../text/text';
import { BulkBar } from './BulkBar';
import { ColumnPicker } from './ColumnPicker';
import { type ColumnId, readColumns, writeColumns } from './columns';
import { isFiltered, noFilter, type RunFilter, readFilter, writeFilter } from './filters';
import { RunFilters } from './RunFilters';
import { RunsTable, type TableHandle } from './RunsTable';
import { focusedRow, useRunKeys } from './useRunKeys';
import { useRuns } from './useRuns';
import { Welcome } from './Welcome';
import './runs.css';

/** The service does not count beyond this. */
const maximumCounted = 100_000;

export function RunsPage() {
  const [search, updateSearch] = useSearch();
  const filter = useMemo(() => readFilter(search), [search]);
  const setFilter = useCallback(
    (next: RunFilter) => updateSearch((params) => writeFilter(next, params)),
    [updateSearch],
  );
  const [columns, setColumns] = useState(readColumns);
  const [open, setOpen] = useState<'columns' | 'keys' | null>(null);
  const list = useRuns(filter, columns);
  const { data, isPlaceholderData } = list;
  const runs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const isEmpty = data !== undefined && runs.length === 0 && !isPlaceholderData;
  const selection = useSelection();
  const may = usePermissions();
  const table = useRef<TableHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);

  const move = (by: 1 | -1) => {
    const to = Math.min(Math.max(focusedRow() + by, 0), runs.length - 1);
    if (to >= 0) {
      table.current?.focusRow(to);
    }
  };
  useRunKeys({
    next: () => move(1),
    previous: () => move(-1),
    select: () => {
      const run = runs[focusedRow()];
      if (run !== undefined) {
        selection.toggle(run.id);
      }
    },
    search: () => searchField.current?.focus(),
    create: () => may.submit && navigate('/new'),
    clear: selection.clear,
    help: () => setOpen('keys'),
  });

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [isFetchingNextPage, fetchNextPage]);
  const chooseColumns = (next: readonly ColumnId[]) => {
    setColumns(next);
    writeColumns(next);
  };
  const total = data?.pages[0]?.total ?? null;

  return (
    <>
      <div className="runs-head row">
        <PageTitle>{text.runs.title}</PageTitle>
        {total !== null && total > 0 && (
          <span>{total > maximumCounted ? text.runs.countMore : text.runs.count(integer(total), total === 1)}</span>
        )}
        <span className="runs-tools row">
          <Button small onClick={() => setOpen('keys')}>
            {text.keys.button}
          </Button>
          <Button small onClick={() => setOpen('columns')}>
            {text.runs.columnsButton}
          </Button>
          {may.submit && (
            <Link className="button button-small button-primary" href="/new">
              {text.runs.newRun}
            </Link>
          )}
        </span>
      </div>
      {isEmpty && !isFiltered(filter) ? (
        <Welcome />
      ) : (
        <>
          <RunFilters filter={filter} runs={runs} columns={columns} onChange={setFilter} search={searchField} />
          <Loaded
            query={list}
            errorTitle={text.runs.errorTitle}
            heights={[56, 56, 56, 56, 56]}
            label={text.runs.loading}
            className="runs-loading"
          >
            {() =>
              isEmpty ? (
                <div className="message">
                  <h2>{text.runs.noMatchTitle}</h2>
                  <p>{text.runs.noMatchText}</p>
                  <Button onClick={() => setFilter(noFilter)}>{text.runs.clearFilters}</Button>
                </div>
              ) : (
                <RunsTable
                  runs={runs}
                  columns={columns}
                  sort={filter.sort}
                  selected={selection.ids}
                  onSort={(sort) => setFilter({ ...filter, sort })}
                  onSelect={selection.toggle}
                  onSelectAll={() => selection.toggleAll(runs.map(({ id }) => id))}
                  onNearEnd={loadMore}
                  hasMore={hasNextPage}
                  handle={table}
                />
              )
            }
          </Loaded>
          {isFetchingNextPage && (
            <p className="runs-more muted" role="status">
              {text.runs.loadingMore}
            </p>
          )}
        </>
      )}
      {selection.ids.size > 0 && (
        <BulkBar runs={runs.filter(({ id }) => selection.ids.has(id))} onClear={selection.clear} />
      )}
      {open === 'columns' && <ColumnPicker columns={columns} onChange={chooseColumns} onClose={() => setOpen(null)} />}
      {open === 'keys' && <KeysDialog onClose={() => setOpen(null)} />}
    </>
  );
}

/** The selected runs. */
function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => setIds((before) => toggled(before, id)), []);
  const clear = useCallback(() => setIds(new Set()), []);
  const toggleAll = (all: readonly string[]) =>
    setIds((before) => (before.size >= all.length ? new Set() : new Set(all)));
  return { ids, toggle, clear, toggleAll };
}

const KeysDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title={text.keys.title} onClose={onClose}>
    <dl className="keys stack tight">
      {text.keys.list.map(([key, action]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{action}</dd>
        </div>
      ))}
    </dl>
    <div className="dialog-actions row">
      <Button onClick={onClose}>{text.units.close}</Button>
    </div>
  </Dialog>
);

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { Snackbar, type SnackbarContent } from '../design/Snackbar';
import { Link, useParam, useSearch } from '../navigation/navigation';
import { useMedia } from '../navigation/theme';
import { showShortcuts } from '../navigation/useKeyDown';
import { integer } from '../text/format';
import { text } from '../text/text';
import { BulkBar } from './BulkBar';
import { ColumnPicker } from './ColumnPicker';
import { type ColumnId, readColumns, writeColumns } from './columns';
import { Drawer, useRail } from './Drawer';
import { ExperimentDescription, ExperimentRail } from './ExperimentRail';
import { isFiltered, noFilter, type RunFilter, readFilter, writeFilter } from './filters';
import { GroupedRuns } from './GroupedRuns';
import { readGroupKeys } from './grouping';
import { RunFilters } from './RunFilters';
import { RunsTable, type TableHandle } from './RunsTable';
import { clearSelection, takeOpened, toggleAllSelected, toggleSelected, useSelected } from './selection';
import { maximumCounted, useRunCount } from './useRunCount';
import { focusedRow, moveInRows, selectFocused, useRunKeys } from './useRunKeys';
import { useRuns } from './useRuns';
import { Welcome } from './Welcome';
import { filterError } from './WhereField';
import './runs.css';

export function RunsPage() {
  const [search, updateSearch] = useSearch();
  const filter = useMemo(() => readFilter(search), [search]);
  const setFilter = useCallback(
    (next: RunFilter) => updateSearch((params) => writeFilter(next, params)),
    [updateSearch],
  );
  const [group, setGroup] = useParam('group');
  const groupKeys = useMemo(() => readGroupKeys(group), [group]);
  const [columns, setColumns] = useState(readColumns);
  const [isPicking, setPicking] = useState(false);
  const [snackbar, setSnackbar] = useState<SnackbarContent | null>(null);
  const list = useRuns(filter, columns);
  const { data, isPlaceholderData } = list;
  const runs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const isEmpty = data !== undefined && runs.length === 0 && !isPlaceholderData;
  const whereError = filterError(list.error);
  const selected = useSelected();
  const may = usePermissions();
  const table = useRef<TableHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const rail = useRail();
  const isWide = useMedia('(min-width: 1100px)');

  const isGrouped = groupKeys.length > 0;
  const move = (by: 1 | -1) => {
    if (isGrouped) {
      moveInRows(by);
      return;
    }
    const to = Math.min(Math.max(focusedRow() + by, 0), runs.length - 1);
    if (to >= 0) {
      table.current?.focusRow(to);
    }
  };
  useRunKeys({
    next: () => move(1),
    previous: () => move(-1),
    select: selectFocused,
    search: () => searchField.current?.focus(),
    clear: clearSelection,
  });
  useReturnToRow(runs, table);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const { count, isOfBefore } = useRunCount(filter, {
    runs,
    hasNextPage,
    isCurrent: data !== undefined && !isPlaceholderData,
  });
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [isFetchingNextPage, fetchNextPage]);
  const chooseColumns = (next: readonly ColumnId[]) => {
    setColumns(next);
    writeColumns(next);
  };
  // A selected run as it is now, if it is in the list.
  const current = useMemo(() => {
    const listed = new Map(runs.map((run) => [run.id, run]));
    return [...selected.values()].map((run) => listed.get(run.id) ?? run);
  }, [runs, selected]);
  const experiments = (
    <ExperimentRail
      current={filter.experiment}
      isArchive={filter.archived}
      onChoose={(experiment) => setFilter({ ...filter, experiment, archived: false })}
      onArchive={() => setFilter({ ...noFilter, archived: true })}
      onDone={setSnackbar}
    />
  );

  if (isEmpty && !isFiltered(filter)) {
    return (
      <>
        <PageTitle>{text.runs.title}</PageTitle>
        <Welcome />
        <p>
          <button type="button" className="link" onClick={() => setFilter({ ...noFilter, archived: true })}>
            {text.runs.archive}
          </button>
        </p>
        <Snackbar content={snackbar} onClose={() => setSnackbar(null)} />
      </>
    );
  }
  return (
    <div className={isWide && rail.isOpen ? 'runs-page with-rail' : 'runs-page'}>
      {isWide && rail.isOpen && <aside className="rail">{experiments}</aside>}
      <div className="stack runs-main">
        <div className="runs-head row">
          {isWide ? (
            <Button
              small
              aria-label={rail.isOpen ? text.experiments.hide : text.experiments.show}
              title={rail.isOpen ? text.experiments.hide : text.experiments.show}
              aria-expanded={rail.isOpen}
              onClick={rail.toggle}
            >
              <Icon shape="rail" />
            </Button>
          ) : (
            <Drawer label={text.experiments.title}>{experiments}</Drawer>
          )}
          <PageTitle>{filter.archived ? text.runs.archiveTitle : (filter.experiment ?? text.runs.title)}</PageTitle>
          {count !== null && count > 0 && (
            <span className={isOfBefore ? 'muted' : undefined} aria-busy={isOfBefore}>
              {count > maximumCounted ? text.runs.countMore : text.runs.count(integer(count), count === 1)}
            </span>
          )}
          <span className="runs-tools row">
            <Button small onClick={showShortcuts} className="button button-small runs-keys">
              {text.keys.button}
            </Button>
            <Button small onClick={() => setPicking(true)}>
              {text.runs.columnsButton}
            </Button>
            {may.submit && (
              <Link className="button button-small button-primary" href="/new">
                {text.runs.newRun}
              </Link>
            )}
          </span>
        </div>
        {filter.experiment !== null && <ExperimentDescription name={filter.experiment} />}
        {filter.archived && (
          <p className="muted">
            {text.runs.archiveText}{' '}
            <button type="button" className="link" onClick={() => setFilter(noFilter)}>
              {text.runs.leaveArchive}
            </button>
          </p>
        )}
        <RunFilters
          filter={filter}
          runs={runs}
          columns={columns}
          groupKeys={groupKeys}
          whereError={whereError}
          onChange={setFilter}
          onGroup={(keys) => setGroup(keys.length === 0 ? null : keys.join(','))}
          search={searchField}
        />
        {whereError !== null ? (
          <div className="message">
            <p>{text.where.correct}</p>
          </div>
        ) : isGrouped && !isEmpty ? (
          <GroupedRuns
            filter={filter}
            keys={groupKeys}
            columns={columns}
            selected={selected}
            onSelect={toggleSelected}
            onShowAll={(where) =>
              updateSearch((params) => {
                writeFilter({ ...filter, where }, params);
                params.delete('group');
              })
            }
          />
        ) : (
          <Loaded
            query={list}
            errorTitle={text.runs.errorTitle}
            heights={[36, 36, 36, 36, 36, 36, 36, 36]}
            label={text.runs.loading}
            className="runs-loading"
          >
            {() =>
              isEmpty ? (
                <Nothing filter={filter} onClear={() => setFilter(noFilter)} />
              ) : (
                <RunsTable
                  runs={runs}
                  columns={columns}
                  sort={filter.sort}
                  selected={selected}
                  onSort={(sort) => setFilter({ ...filter, sort })}
                  onSelect={toggleSelected}
                  onSelectAll={() => toggleAllSelected(runs)}
                  onNearEnd={loadMore}
                  hasMore={hasNextPage}
                  handle={table}
                />
              )
            }
          </Loaded>
        )}
        {isFetchingNextPage && (
          <p className="runs-more muted" role="status">
            {text.runs.loadingMore}
          </p>
        )}
        {current.length > 0 && <BulkBar runs={current} onClear={clearSelection} onDone={setSnackbar} />}
      </div>
      <Snackbar content={snackbar} onClose={() => setSnackbar(null)} />
      {isPicking && <ColumnPicker columns={columns} onChange={chooseColumns} onClose={() => setPicking(false)} />}
    </div>
  );
}

/** The focus returns to the row whose run was opened from here. */
function useReturnToRow(runs: readonly { readonly id: string }[], table: RefObject<TableHandle | null>): void {
  const [opened] = useState(takeOpened);
  const isDone = useRef(false);
  useEffect(() => {
    const index = isDone.current || opened === null ? -1 : runs.findIndex(({ id }) => id === opened);
    if (index >= 0) {
      isDone.current = true;
      table.current?.focusRow(index);
    }
  }, [runs, opened, table]);
}

const Nothing = ({ filter, onClear }: { filter: RunFilter; onClear: () => void }) => (
  <div className="message">
    <h2>
      {filter.archived && !isFiltered({ ...filter, archived: false }) ? text.runs.archiveEmpty : text.runs.noMatchTitle}
    </h2>
    {!filter.archived && <p>{text.runs.noMatchText}</p>}
    <Button onClick={onClear}>{filter.archived ? text.runs.leaveArchive : text.runs.clearFilters}</Button>
  </div>
);

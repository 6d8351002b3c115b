import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { RunSummary } from '../api/types';
import { ScrollRegion } from '../design/ScrollRegion';
import { SortButton } from '../design/SortButton';
import { useNow } from '../navigation/useNow';
import { ago } from '../text/format';
import { text } from '../text/text';
import { type ColumnId, columnClass, sortKeyOf, titleOf } from './columns';
import { nextSort } from './filters';
import { RunRow } from './RunRow';

export interface TableHandle {
  /** Scrolls to a row and focuses it. */
  focusRow: (index: number) => void;
}

interface RunsTableProps {
  runs: readonly RunSummary[];
  columns: readonly ColumnId[];
  sort: string | null;
  selected: ReadonlyMap<string, RunSummary>;
  onSort: (sort: string | null) => void;
  onSelect: (run: RunSummary) => void;
  onSelectAll: () => void;
  /** Called near the end of the loaded runs. */
  onNearEnd: () => void;
  /** Whether more runs can be loaded. */
  hasMore: boolean;
  handle: RefObject<TableHandle | null>;
}

const rowHeight = 36;
const rowsBeforeEnd = 30;

/** The run table, virtualized. On narrow screens each row is a card, so row heights are measured. */
export function RunsTable(props: RunsTableProps) {
  const { runs, columns, sort, selected, onSort, onSelect, onSelectAll, onNearEnd, hasMore, handle } = props;
  const now = useNow(30_000);
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
    getItemKey: (index) => runs[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= runs.length - rowsBeforeEnd) {
      onNearEnd();
    }
  }, [hasMore, lastShown, runs.length, onNearEnd]);

  useImperativeHandle(handle, () => ({
    focusRow: (index) => {
      virtual.scrollToIndex(index, { align: 'auto' });
      // The row may have to be rendered first.
      requestAnimationFrame(() =>
        body.current?.querySelector<HTMLElement>(`[data-index="${index}"] .run-name a`)?.focus({ preventScroll: true }),
      );
    },
  }));

  const above = (items[0]?.start ?? 0) - virtual.options.scrollMargin;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? 0) - virtual.options.scrollMargin);
  const isAll = selected.size > 0 && runs.every(({ id }) => selected.has(id));
  return (
    <ScrollRegion className="scroll" label={text.runs.tableLabel}>
      {/* Explicit roles, because the style sheet changes the display of the elements. */}
      <table
        className="table runs"
        role="table"
        aria-label={text.runs.tableLabel}
        aria-rowcount={hasMore ? -1 : runs.length + 1}
      >
        <RunsHead columns={columns} sort={sort} onSort={onSort} isAll={isAll} onSelectAll={onSelectAll} />
        <tbody role="rowgroup" ref={body}>
          <Gap height={above} />
          {items.map(({ index, key }) => {
            const run = runs[index];
            return (
              run !== undefined && (
                <RunRow
                  key={key}
                  run={run}
                  index={index}
                  columns={columns}
                  created={ago(run.createdAt, now)}
                  isSelected={selected.has(run.id)}
                  onSelect={onSelect}
                  measure={virtual.measureElement}
                />
              )
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface RunsHeadProps {
  columns: readonly ColumnId[];
  sort: string | null;
  onSort: (sort: string | null) => void;
  isAll: boolean;
  onSelectAll: () => void;
}

const RunsHead = ({ columns, sort, onSort, isAll, onSelectAll }: RunsHeadProps) => (
  <thead role="rowgroup">
    <tr role="row" aria-rowindex={1}>
      <th role="columnheader" scope="col" className="run-select">
        <input
          type="checkbox"
          className="checkbox"
          aria-label={text.runs.selectAll}
          checked={isAll}
          onChange={onSelectAll}
        />
      </th>
      <SortHeader title={text.runs.columns.state} sortKey="state" sort={sort} onSort={onSort} />
      <SortHeader title={text.runs.columns.run} sortKey="name" sort={sort} onSort={onSort} />
      {columns.map((id) => (
        <SortHeader
          key={id}
          title={titleOf(id)}
          sortKey={sortKeyOf(id)}
          sort={sort}
          onSort={onSort}
          className={columnClass(id)}
        />
      ))}
    </tr>
  </thead>
);

/** Space for rows that are not rendered. */
const Gap = ({ height }: { height: number }) =>
  height > 0 && (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus.
    <tr aria-hidden="true" className="runs-gap" style={{ height }} />
  );

interface SortHeaderProps {
  title: string;
  sortKey: string | null;
  sort: string | null;
  onSort: (sort: string | null) => void;
  className?: string;
}

/** A column heading that sorts. */
const SortHeader = memo(function SortHeader({ title, sortKey, sort, onSort, className }: SortHeaderProps) {
  const order =
    sortKey === null ? undefined : sort === sortKey ? 'ascending' : sort === `-${sortKey}` ? 'descending' : undefined;
  return (
    <th role="columnheader" scope="col" className={className} aria-sort={order}>
      {sortKey === null ? (
        title
      ) : (
        <SortButton title={title} sort={order} onSort={() => onSort(nextSort(sort, sortKey))} />
      )}
    </th>
  );
});

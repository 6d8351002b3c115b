import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, unwrap } from '../api/client';
import type { RunSummary, SettingGroup } from '../api/types';
import { Icon } from '../design/Icon';
import { Loaded } from '../design/Loaded';
import { errorMessage } from '../design/Problem';
import { ScrollRegion } from '../design/ScrollRegion';
import { toggled } from '../design/toggled';
import { useNow } from '../navigation/useNow';
import { duration, integer, loss, percent } from '../text/format';
import { text } from '../text/text';
import { type ColumnId, columnClass, requestedColumns, sortKeyOf, titleOf } from './columns';
import { filterParameters, type RunFilter } from './filters';
import { groupKeyTitle, groupTitle, groupWhere, settingKey, settingText } from './grouping';
import { runGroups } from './queryKeys';
import { PlainRunRow } from './RunRow';

const t = text.groups;
/** Columns of runs that show the mean of a group, of what the rows of its runs show. */
const meanFormats: Readonly<Record<string, (value: number) => string>> = { best: percent, loss, elapsed: duration };
const metricOf = (column: ColumnId): string | null => (column in meanFormats ? sortKeyOf(column) : null);
const metrics = Object.keys(meanFormats).map(metricOf).join(',');
const shownRuns = 50;
const refreshMilliseconds = 10_000;

interface GroupedRunsProps {
  filter: RunFilter;
  keys: readonly string[];
  columns: readonly ColumnId[];
  selected: ReadonlyMap<string, RunSummary>;
  onSelect: (run: RunSummary) => void;
  /** Shows the runs of a group as a list of their own. */
  onShowAll: (where: string) => void;
}

/** The runs grouped by settings: mean and standard deviation of each group, and its runs on demand. */
export function GroupedRuns({ filter, keys, columns, selected, onSelect, onShowAll }: GroupedRunsProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const now = useNow(30_000);
  const groups = useQuery({
    queryKey: [...runGroups, filter, keys],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/runs/groups', {
          params: { query: { ...filterParameters(filter), by: keys.join(','), metrics } },
          signal,
        }),
      ),
    refetchInterval: refreshMilliseconds,
    placeholderData: (before) => before,
  });
  // What has a mean comes first.
  const shown = [...new Set(['best', 'loss', ...columns])];
  return (
    <Loaded query={groups} errorTitle={t.errorTitle} heights={[36, 36, 36]} label={text.runs.loading}>
      {({ items, total }) => (
        <>
          <ScrollRegion className="scroll" label={t.tableLabel}>
            <table className="table runs grouped" role="table" aria-label={t.tableLabel}>
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col" className="run-select">
                    <span className="visually-hidden">{t.runs}</span>
                  </th>
                  <th role="columnheader" scope="col" colSpan={2}>
                    {keys.map(groupKeyTitle).join(' · ')}
                  </th>
                  {shown.map((id) => (
                    <th key={id} role="columnheader" scope="col" className={columnClass(id)}>
                      {titleOf(id)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {items.map((group) => {
                  const key = JSON.stringify(group.values);
                  return (
                    <Group
                      key={key}
                      group={group}
                      keys={keys}
                      filter={filter}
                      columns={shown}
                      now={now}
                      isOpen={open.has(key)}
                      onToggle={() => setOpen((before) => toggled(before, key))}
                      selected={selected}
                      onSelect={onSelect}
                      onShowAll={onShowAll}
                    />
                  );
                })}
              </tbody>
            </table>
          </ScrollRegion>
          <p className="muted">
            {[t.meanNote, ...(total > items.length ? [t.only(integer(items.length), integer(total))] : [])].join('. ')}.
          </p>
        </>
      )}
    </Loaded>
  );
}

interface GroupProps extends GroupedRunsProps {
  group: SettingGroup;
  now: number;
  isOpen: boolean;
  onToggle: () => void;
}

function Group(props: GroupProps) {
  const { group, keys, columns, isOpen, onToggle } = props;
  const title = groupTitle(group, keys);
  return (
    <>
      <tr role="row" className="group-row">
        <td role="cell" className="run-select">
          <button
            type="button"
            className="group-toggle"
            aria-expanded={isOpen}
            aria-label={t.expand(title)}
            onClick={onToggle}
          >
            <Icon shape={isOpen ? 'down' : 'right'} />
          </button>
        </td>
        <td role="cell" colSpan={2} className="run-name">
          <span className="run-line">
            <b>{title}</b>{' '}
            <small>
              {[...(keys.includes(settingKey) ? [settingText(group)] : []), t.count(integer(group.runs))]
                .filter((part) => part !== null)
                .join(' · ')}
            </small>
          </span>
        </td>
        {columns.map((id) => (
          <td key={id} role="cell" className={columnClass(id)} data-label={titleOf(id)}>
            <Mean group={group} column={id} />
          </td>
        ))}
      </tr>
      {isOpen && <GroupRuns {...props} />}
    </>
  );
}

function Mean({ group, column }: { group: SettingGroup; column: ColumnId }) {
  const format = meanFormats[column];
  const metric = group.metrics[metricOf(column) ?? ''];
  if (format === undefined || metric === undefined || metric.mean === null) {
    return null;
  }
  const { mean, standardDeviation, minimum, maximum } = metric;
  const range = minimum === null || maximum === null ? undefined : t.range(format(minimum), format(maximum));
  return (
    <span title={range}>
      {standardDeviation === null ? format(mean) : t.spread(format(mean), format(standardDeviation))}
    </span>
  );
}

/** The first runs of a group, best first. */
function GroupRuns({ group, keys, filter, columns, now, selected, onSelect, onShowAll }: GroupProps) {
  const where = groupWhere(group, keys, filter.where);
  const requested = requestedColumns(columns);
  const { data, error, refetch } = useQuery({
    queryKey: [...runGroups, 'runs', filter, where, requested],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/runs', {
          params: {
            query: {
              ...filterParameters({ ...filter, where }),
              sort: filter.sort ?? '-metric.validation_accuracy.best',
              limit: shownRuns,
              ...(requested.length === 0 ? {} : { columns: requested.join(',') }),
            },
          },
          signal,
        }),
      ),
    refetchInterval: refreshMilliseconds,
  });
  return (
    <>
      {data?.items.map((run) => (
        <PlainRunRow
          key={run.id}
          run={run}
          columns={columns}
          now={now}
          isSelected={selected.has(run.id)}
          onSelect={onSelect}
        />
      ))}
      {data === undefined && (
        <GroupNote columns={columns}>
          {error === null ? (
            <span role="status">{text.runs.loading}</span>
          ) : (
            <span role="alert">
              {text.runs.errorTitle}: {errorMessage(error)}{' '}
              <button type="button" className="link" onClick={() => void refetch()}>
                {text.problem.retry}
              </button>
            </span>
          )}
        </GroupNote>
      )}
      {data !== undefined && data.next !== null && (
        <GroupNote columns={columns}>
          <button type="button" className="link" onClick={() => onShowAll(where)}>
            {t.showAll(integer(group.runs))}
          </button>
        </GroupNote>
      )}
    </>
  );
}

/** A row of text below the runs of a group. */
const GroupNote = ({ columns, children }: { columns: readonly ColumnId[]; children: ReactNode }) => (
  <tr role="row">
    <td role="cell" colSpan={columns.length + 3} className="group-more">
      {children}
    </td>
  </tr>
);

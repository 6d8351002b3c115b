import { useMemo } from 'react';
import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { SortButton } from '../../design/SortButton';
import { StateBadge } from '../../design/StateBadge';
import { Link, useParam } from '../../navigation/navigation';
import { duration } from '../../text/format';
import { pointerLabel } from '../../text/labels';
import { settingText } from '../../text/settings';
import { text } from '../../text/text';
import type { Comparison } from '../comparison';
import { formatMetric, metricLabel } from '../format';
import type { LineStyle } from '../lineStyle';
import { Swatch } from '../Swatch';
import {
  type Column,
  columnsOf,
  hasDetails,
  nextSort,
  type Row,
  readSort,
  rowsOf,
  type Sort,
  sorted,
  writeSort,
} from './tableModel';

const t = text.compare.table;

interface DifferencesCardProps {
  comparison: Comparison;
  styles: ReadonlyMap<string, LineStyle>;
}

/** Settings that differ between the runs, with their best values. */
export function DifferencesCard({ comparison, styles }: DifferencesCardProps) {
  const [order, setOrder] = useParam('sort');
  const sort = useMemo(() => readSort(order), [order]);
  const [details, setDetails] = useParam('details');
  const columns = useMemo(() => columnsOf(comparison, details !== null), [comparison, details]);
  const rows = useMemo(() => sorted(rowsOf(comparison), columns, sort), [comparison, columns, sort]);
  return (
    <Card
      title={t.title}
      actions={
        hasDetails(comparison) && (
          <button
            type="button"
            className="chip"
            aria-pressed={details !== null}
            onClick={() => setDetails(details === null ? 'all' : null)}
          >
            {t.details}
          </button>
        )
      }
    >
      <DataTable
        label={t.label}
        tableClassName="differences"
        rows={rows}
        rowKey={({ run }) => run.id}
        rowProps={({ run }) => ({ 'data-run': run.id })}
        columns={columns.map((column) => ({
          name: (
            <SortButton
              title={titleOf(column)}
              sort={orderOf(sort, column)}
              onSort={() => setOrder(writeSort(nextSort(sort, column)))}
            />
          ),
          sort: orderOf(sort, column),
          cell: (row: Row) => <Cell row={row} column={column} style={styles.get(row.run.id)} />,
          isRowHeader: column.kind === 'run',
          isNumber: isNumber(column),
          className: column.kind === 'run' ? 'differences-run' : column.kind === 'setting' ? 'nowrap' : undefined,
        }))}
      />
      <p className="card-note">
        {comparison.differences.length === 0 && `${t.same} `}
        {t.note}
      </p>
    </Card>
  );
}

function titleOf(column: Column): string {
  switch (column.kind) {
    case 'setting':
      return pointerLabel(column.pointer, column.label);
    case 'metric':
      return t.best(metricLabel(column.metric));
    default:
      return t[column.kind];
  }
}

const isNumber = (column: Column): boolean =>
  column.kind === 'metric' || column.kind === 'elapsed' || (column.kind === 'setting' && column.isNumber);

const orderOf = (sort: Sort | null, column: Column) =>
  sort?.column !== column.id ? undefined : sort.isDescending ? 'descending' : 'ascending';

interface CellProps {
  row: Row;
  column: Column;
  style: LineStyle | undefined;
}

function Cell({ row: { run, settings, scores }, column, style }: CellProps) {
  switch (column.kind) {
    case 'run':
      return (
        <>
          <span className="row">
            {style !== undefined && <Swatch style={style} />}
            <Link href={`/runs/${run.id}`}>{run.name}</Link>
          </span>
          <small>
            {run.experiment}
            {run.findings > 0 && ` · ${t.findings(run.findings)}`}
          </small>
        </>
      );
    case 'state':
      return <StateBadge state={run.state} />;
    case 'elapsed':
      return duration(run.elapsedSeconds);
    case 'setting':
      return settingText(column.pointer, settings.get(column.pointer));
    case 'metric': {
      const score = scores.get(column.metric);
      const isTop = score?.isTop === true;
      return (
        <>
          <b className={isTop ? 'differences-top' : undefined}>
            {isTop && (
              <span role="img" aria-label={t.top}>
                ★{' '}
              </span>
            )}
            {formatMetric(column.metric, score?.best)}
          </b>
          {score?.bestEpoch != null && (
            <small>
              {t.epoch(score.bestEpoch)} · {t.latest(formatMetric(column.metric, score.latest))}
            </small>
          )}
        </>
      );
    }
  }
}

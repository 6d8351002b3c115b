import { memo, useMemo } from 'react';
import { Card } from '../../design/Card';
import { ScrollRegion } from '../../design/ScrollRegion';
import { StateBadge } from '../../design/StateBadge';
import { Link, useParam } from '../../navigation/navigation';
import { duration } from '../../text/format';
import { pointerLabel } from '../../text/labels';
import { text } from '../../text/text';
import type { Comparison } from '../comparison';
import { formatMetric, formatSetting, metricLabel } from '../format';
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
      <ScrollRegion className="scroll" label={t.label}>
        <table className="table differences">
          <thead>
            <tr>
              {columns.map((column) => (
                <Heading
                  key={column.id}
                  column={column}
                  sort={sort}
                  onSort={() => setOrder(writeSort(nextSort(sort, column)))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <RunRow key={row.run.id} row={row} columns={columns} style={styles.get(row.run.id)} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
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

function Heading({ column, sort, onSort }: { column: Column; sort: Sort | null; onSort: () => void }) {
  const isSorted = sort?.column === column.id;
  const isNumber =
    column.kind === 'metric' || column.kind === 'elapsed' || (column.kind === 'setting' && column.isNumber);
  return (
    <th
      scope="col"
      className={isNumber ? 'num' : undefined}
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className="sort" onClick={onSort}>
        {titleOf(column)}
        <i aria-hidden="true">{isSorted ? (sort.isDescending ? '▾' : '▴') : '▵'}</i>
      </button>
    </th>
  );
}

interface RunRowProps {
  row: Row;
  columns: readonly Column[];
  style: LineStyle | undefined;
}

const RunRow = memo(function RunRow({ row, columns, style }: RunRowProps) {
  return (
    <tr data-run={row.run.id}>
      {columns.map((column) => (
        <Cell key={column.id} row={row} column={column} style={style} />
      ))}
    </tr>
  );
});

function Cell({
  row: { run, settings, scores },
  column,
  style,
}: {
  row: Row;
  column: Column;
  style: LineStyle | undefined;
}) {
  switch (column.kind) {
    case 'run':
      return (
        <th scope="row" className="differences-run">
          <span className="row">
            {style !== undefined && <Swatch style={style} />}
            <Link href={`/runs/${run.id}`}>{run.name}</Link>
          </span>
          <small>
            {run.experiment}
            {run.findings > 0 && ` · ${t.findings(run.findings)}`}
          </small>
        </th>
      );
    case 'state':
      return (
        <td>
          <StateBadge state={run.state} />
        </td>
      );
    case 'elapsed':
      return <td className="num">{duration(run.elapsedSeconds)}</td>;
    case 'setting':
      return <td className={column.isNumber ? 'num' : 'nowrap'}>{formatSetting(settings.get(column.pointer))}</td>;
    case 'metric': {
      const score = scores.get(column.metric);
      const isTop = score?.isTop === true;
      return (
        <td className={isTop ? 'num differences-top' : 'num'}>
          <b>
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
        </td>
      );
    }
  }
}

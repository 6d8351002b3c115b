import { memo } from 'react';
import { isTerminal, type RunSummary } from '../api/types';
import { ProgressBar } from '../design/ProgressBar';
import { StateBadge } from '../design/StateBadge';
import { Link } from '../shell/navigation';
import { useNow } from '../shell/useNow';
import { ago, dateTime, duration, integer, percent } from '../text/format';
import { text } from '../text/text';

const { columns } = text.runs;

/** The runs as a table; on a narrow screen each row is a card. Roles are given because the style changes the display of the parts. */
export function RunsTable({ runs }: { runs: readonly RunSummary[] }) {
  const now = useNow(30_000);
  return (
    <table className="table runs" role="table" aria-label={text.runs.tableLabel}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {columns.state}
          </th>
          <th role="columnheader" scope="col">
            {columns.run}
          </th>
          <th role="columnheader" scope="col">
            {columns.technique}
          </th>
          <th role="columnheader" scope="col">
            {columns.progress}
          </th>
          <th role="columnheader" scope="col" className="num">
            {columns.best}
          </th>
          <th role="columnheader" scope="col" className="num">
            {columns.speed}
          </th>
          <th role="columnheader" scope="col" className="num">
            {columns.left}
          </th>
          <th role="columnheader" scope="col" className="num">
            {columns.created}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {runs.map((run) => (
          <RunRow key={run.id} run={run} created={ago(run.createdAt, now)} />
        ))}
      </tbody>
    </table>
  );
}

/** Drawn again only when its run, or the words for its age, change. */
const RunRow = memo(function RunRow({ run, created }: { run: RunSummary; created: string }) {
  return (
    <tr role="row" data-run={run.id}>
      <td role="cell" className="run-state">
        <StateBadge state={run.state} />
      </td>
      <td role="cell" className="run-name">
        <Link href={`/runs/${run.id}`}>{run.name}</Link>
        <small>{run.experiment}</small>
      </td>
      <td role="cell" className="run-technique">
        {run.dataset}
        <small>
          {run.model}, {run.optimizer}
        </small>
      </td>
      <td role="cell" className="run-progress">
        <ProgressBar value={run.progress} label={text.runs.progressLabel(run.name)} state={run.state} />
        <small>{run.epoch === 0 ? text.runs.epochs(run.epochs) : text.runs.epochOf(run.epoch, run.epochs)}</small>
      </td>
      <td role="cell" className="num run-best" data-label={columns.best}>
        {percent(run.bestValidationAccuracy)}
      </td>
      <td role="cell" className="num run-speed" data-label={columns.speed}>
        {integer(run.imagesPerSecond)}
      </td>
      <td role="cell" className="num run-left" data-label={columns.left}>
        {duration(isTerminal(run.state) ? null : run.remainingSeconds)}
      </td>
      <td role="cell" className="num run-created" data-label={columns.created}>
        <time dateTime={run.createdAt} title={dateTime(run.createdAt)}>
          {created}
        </time>
      </td>
    </tr>
  );
});

import { memo } from 'react';
import { isTerminal, type RunSummary } from '../api/types';
import { ProgressBar } from '../design/ProgressBar';
import { StateBadge } from '../design/StateBadge';
import { Link } from '../navigation/navigation';
import { dateTime, duration, epochOf, integer, percent } from '../text/format';
import { text } from '../text/text';
import { type BuiltInColumn, type ColumnId, isBuiltIn, titleOf, valueText } from './columns';

interface RunRowProps {
  run: RunSummary;
  index: number;
  columns: readonly ColumnId[];
  /** Relative time of creation. */
  created: string;
  isSelected: boolean;
  onSelect: (id: string) => void;
  measure: (row: Element | null) => void;
}

/** A row of the run table, memoized. */
export const RunRow = memo(function RunRow({
  run,
  index,
  columns,
  created,
  isSelected,
  onSelect,
  measure,
}: RunRowProps) {
  return (
    <tr
      role="row"
      ref={measure}
      data-run={run.id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
    >
      <td role="cell" className="run-select">
        <input
          type="checkbox"
          className="checkbox"
          aria-label={text.runs.selectRun(run.name)}
          checked={isSelected}
          onChange={() => onSelect(run.id)}
        />
      </td>
      <td role="cell" className="run-state">
        <StateBadge state={run.state} />
      </td>
      <td role="cell" className="run-name">
        <Link href={`/runs/${run.id}`}>{run.name}</Link>
        <small>
          {run.experiment}
          {run.createdBy !== null && ` · ${text.run.createdBy(run.createdBy)}`}
          {run.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </small>
      </td>
      {columns.map((id) =>
        isBuiltIn(id) ? (
          <BuiltInCell key={id} column={id} run={run} created={created} />
        ) : (
          <td key={id} role="cell" className="num" data-label={titleOf(id)}>
            {valueText(run.values?.[id])}
          </td>
        ),
      )}
    </tr>
  );
});

function BuiltInCell({ column, run, created }: { column: BuiltInColumn; run: RunSummary; created: string }) {
  const label = text.runs.columns[column];
  switch (column) {
    case 'technique':
      return (
        <td role="cell" className="run-technique">
          {run.dataset}
          <small>
            {run.model}, {run.optimizer}
          </small>
        </td>
      );
    case 'progress':
      return (
        <td role="cell" className="run-progress">
          <ProgressBar value={run.progress} label={text.runs.progressLabel(run.name)} state={run.state} />
          <small>{epochOf(run)}</small>
        </td>
      );
    case 'created':
      return (
        <td role="cell" className="num" data-label={label}>
          <time dateTime={run.createdAt} title={dateTime(run.createdAt)}>
            {created}
          </time>
        </td>
      );
    default:
      return (
        <td role="cell" className="num" data-label={label}>
          {numbers[column](run)}
        </td>
      );
  }
}

const numbers: Readonly<
  Record<Exclude<BuiltInColumn, 'technique' | 'progress' | 'created'>, (run: RunSummary) => string>
> = {
  best: (run) => percent(run.bestValidationAccuracy),
  speed: (run) => integer(run.imagesPerSecond),
  left: (run) => duration(isTerminal(run.state) ? null : run.remainingSeconds),
  elapsed: (run) => duration(run.elapsedSeconds),
};

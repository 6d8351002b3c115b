import { memo } from 'react';
import { isTerminal, type RunSummary } from '../api/types';
import { ProgressBar } from '../design/ProgressBar';
import { StateBadge } from '../design/StateBadge';
import { Link } from '../navigation/navigation';
import { ago, brief, dateTime, duration, epochOf, integer, loss, percent } from '../text/format';
import { techniquesOf } from '../text/settings';
import { text } from '../text/text';
import { type BuiltInColumn, type ColumnId, columnClass, isBuiltIn, titleOf, valueText } from './columns';
import { Diagnosis } from './Diagnosis';
import { Sparkline } from './Sparkline';
import { rememberOpened } from './selection';

interface RunRowProps {
  run: RunSummary;
  /** Place in the table, from 0; a row of a group has none. */
  index?: number;
  columns: readonly ColumnId[];
  /** Relative time of creation. */
  created: string;
  isSelected: boolean;
  onSelect: (run: RunSummary) => void;
  measure?: (row: Element | null) => void;
}

/** A row of the run table, memoized. */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, index, columns, created, isSelected, onSelect, measure } = props;
  const details = [run.experiment, ...(run.createdBy === null ? [] : [text.run.createdBy(run.createdBy)])].join(' · ');
  return (
    <tr
      role="row"
      ref={measure}
      data-run={run.id}
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      aria-selected={isSelected}
    >
      <td role="cell" className="run-select">
        <input
          type="checkbox"
          className="checkbox"
          aria-label={text.runs.selectRun(run.name)}
          checked={isSelected}
          onChange={() => onSelect(run)}
        />
      </td>
      <td role="cell" className="run-state">
        <StateBadge state={run.state} />
      </td>
      <td role="cell" className="run-name" title={`${run.name} · ${details}`}>
        <span className="run-line">
          <Link href={`/runs/${run.id}`} onClick={() => rememberOpened(run.id)}>
            <Name name={run.name} />
          </Link>
          <small>
            {details}
            {run.tags.map((tag) => (
              <span key={tag} className="tag">
                {tag}
              </span>
            ))}
          </small>
        </span>
      </td>
      {columns.map((id) =>
        isBuiltIn(id) ? (
          <BuiltInCell key={id} column={id} run={run} created={created} />
        ) : (
          <td key={id} role="cell" className="num" data-label={titleOf(id)}>
            {valueText(id, run.values?.[id])}
          </td>
        ),
      )}
    </tr>
  );
});

/** What tells the runs of a study apart ends their names: it stays where a long name is cut. */
function Name({ name }: { name: string }) {
  const end = / #\d+(?: seed \d+)?$/.exec(name)?.[0] ?? '';
  return (
    <>
      <span className="run-name-start">{name.slice(0, name.length - end.length)}</span>
      {end !== '' && <span className="run-name-end">{end}</span>}
    </>
  );
}

function BuiltInCell({ column, run, created }: { column: BuiltInColumn; run: RunSummary; created: string }) {
  const label = text.runs.columns[column];
  switch (column) {
    case 'technique': {
      const technique = techniquesOf(run).join(' · ');
      return (
        <td role="cell" className="run-technique" data-label={label} title={technique}>
          <span className="run-line">{technique}</span>
        </td>
      );
    }
    case 'progress':
      return (
        <td role="cell" className="run-progress" data-label={label}>
          <span className="run-line">
            {!isTerminal(run.state) && (
              <ProgressBar value={run.progress} label={text.runs.progressLabel(run.name)} state={run.state} />
            )}
            <small title={epochOf(run)}>
              <span aria-hidden="true">{`${integer(run.epoch)}/${integer(run.epochs)}`}</span>
              <span className="visually-hidden">{epochOf(run)}</span>
            </small>
          </span>
        </td>
      );
    case 'diagnosis':
      return (
        <td role="cell" className="run-diagnosis" data-label={label}>
          <Diagnosis diagnosis={run.diagnosis} />
        </td>
      );
    case 'trend':
      return (
        <td role="cell" className="run-trend" data-label={label}>
          <Sparkline run={run} />
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
        <td role="cell" className={columnClass(column)} data-label={label}>
          {numbers[column](run)}
        </td>
      );
  }
}

type NumberColumn = Exclude<BuiltInColumn, 'technique' | 'progress' | 'diagnosis' | 'trend' | 'created'>;

const numbers: Readonly<Record<NumberColumn, (run: RunSummary) => string>> = {
  rate: (run) => (run.learningRate === null ? text.units.none : brief(run.learningRate)),
  best: (run) => percent(run.bestValidationAccuracy),
  loss: (run) => loss(run.validationLoss),
  speed: (run) => integer(run.imagesPerSecond),
  left: (run) => duration(isTerminal(run.state) ? null : run.remainingSeconds),
  elapsed: (run) => duration(run.elapsedSeconds),
};

/** A row outside of the virtualized table. */
export const PlainRunRow = ({ now, ...rest }: Omit<RunRowProps, 'created' | 'index' | 'measure'> & { now: number }) => (
  <RunRow {...rest} created={ago(rest.run.createdAt, now)} />
);

import type { MetricName } from '../../compare/comparison';
import { formatMetric, metricLabel } from '../../compare/format';
import { Card } from '../../design/Card';
import { Link } from '../../navigation/navigation';
import { percent } from '../../text/format';
import { text } from '../../text/text';
import { say } from '../localized';
import { cellOutcome } from './cellOutcome';
import type { FigureProps } from './figureProps';
import { useRunsComparison } from './useRunsComparison';

const t = text.lessons;

/** One number for each run in a table, beside published ones. */
export default function TableFigure({ chart, title, runs, level }: FigureProps) {
  const metric = (chart.measure ?? 'validation_accuracy') as MetricName;
  const comparison = useRunsComparison(runs, [metric, 'train_accuracy']);
  const best = (of: MetricName) =>
    new Map(comparison?.metrics.find((one) => one.metric === of)?.perRun.map((score) => [score.run, score.best]));
  const [values, trained] = [best(metric), best('train_accuracy')];
  const compared = new Map(comparison?.runs.map((run) => [run.id, run]));
  const shown = new Map(runs.map((one) => [one.id, one]));
  return (
    <Card title={`${title}: ${metricLabel(metric)}`}>
      <div className="lesson-table-scroll">
        <table className="lesson-table">
          <thead>
            <tr>
              <td />
              {chart.table?.columns.map((column) => (
                <th key={column.en} scope="col">
                  {say(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.table?.rows.map(({ label, cells }) => (
              <tr key={label.en}>
                <th scope="row">{say(label)}</th>
                {cells.map(({ run: id, published }) => {
                  const one = shown.get(id);
                  const run = one && compared.get(one.run);
                  const outcome = run && cellOutcome(run, trained.get(run.id), level);
                  return (
                    <td
                      key={id}
                      className={outcome === 'failed' ? 'is-failed' : outcome === 'learned' ? 'is-good' : ''}
                    >
                      {one === undefined ? (
                        text.units.none
                      ) : (
                        <Link
                          href={`/runs/${one.run}`}
                          title={
                            run !== undefined && outcome === 'interrupted'
                              ? `${one.label}: ${text.states[run.state]}`
                              : one.label
                          }
                        >
                          {outcome === 'failed'
                            ? t.notConverged
                            : outcome === 'interrupted'
                              ? text.units.none
                              : formatMetric(metric, values.get(one.run) ?? null)}
                        </Link>
                      )}
                      <small>{t.published(published ?? text.units.none)}</small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="card-note">{t.tableNote(level === null ? null : percent(level))}</p>
    </Card>
  );
}

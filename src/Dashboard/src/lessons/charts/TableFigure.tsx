import type { MetricName } from '../../compare/comparison';
import { formatMetric, metricLabel } from '../../compare/format';
import { Card } from '../../design/Card';
import { Link } from '../../navigation/navigation';
import { text } from '../../text/text';
import { say } from '../localized';
import type { FigureProps } from './figureProps';
import { useRunsComparison } from './useRunsComparison';

const t = text.lessons;

/** Below this training accuracy in every epoch, a run has not converged: twice what guessing gives with ten classes. */
const converged = 0.2;

/** One number for each run in a table, beside published ones. */
export default function TableFigure({ chart, title, runs }: FigureProps) {
  const metric = (chart.measure ?? 'validation_accuracy') as MetricName;
  const comparison = useRunsComparison(runs, [metric, 'train_accuracy']);
  const best = (of: MetricName) =>
    new Map(comparison?.metrics.find((one) => one.metric === of)?.perRun.map((score) => [score.run, score.best]));
  const [values, trained] = [best(metric), best('train_accuracy')];
  const states = new Map(comparison?.runs.map(({ id, state }) => [id, state]));
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
                  const state = one && states.get(one.run);
                  const outcome = one && outcomeOf(state, values.get(one.run), trained.get(one.run));
                  return (
                    <td
                      key={id}
                      className={outcome === 'failed' ? 'is-failed' : outcome === 'learned' ? 'is-good' : ''}
                    >
                      {one === undefined ? (
                        text.units.none
                      ) : (
                        <Link href={`/runs/${one.run}`} title={one.label}>
                          {outcome === 'failed' && state !== 'running'
                            ? t.notConverged
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
      <p className="card-note">{t.tableNote}</p>
    </Card>
  );
}

/** Whether a run has learned anything; undefined before its first epoch. */
function outcomeOf(
  state: string | undefined,
  value: number | null | undefined,
  trained: number | null | undefined,
): 'learned' | 'failed' | undefined {
  if (state === 'failed') {
    return 'failed';
  }
  return value == null || trained == null ? undefined : trained > converged ? 'learned' : 'failed';
}

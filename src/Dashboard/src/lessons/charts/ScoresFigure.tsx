import { useState } from 'react';
import { goalOf, type MetricName } from '../../compare/comparison';
import { formatMetric, metricLabel } from '../../compare/format';
import { lineStylesOf } from '../../compare/lineStyle';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { text } from '../../text/text';
import type { FigureProps } from './figureProps';
import { useRunsComparison } from './useRunsComparison';

const t = text.lessons;
const epochs = [
  { value: 'latest', label: t.latest },
  { value: 'best', label: t.best },
] as const;

/** One number for each run, as bars, the best one first. */
export default function ScoresFigure({ chart, title, runs }: FigureProps) {
  const [which, choose] = useState<'latest' | 'best'>('latest');
  const metric = (chart.measure ?? 'validation_accuracy') as MetricName;
  const comparison = useRunsComparison(runs, [metric]);
  const styles = comparison && lineStylesOf(comparison).runs;
  const scores = new Map(
    comparison?.metrics.find((one) => one.metric === metric)?.perRun.map((score) => [score.run, score[which]]),
  );
  const isLower = goalOf(metric) === 'minimize';
  const rows = runs
    .map(({ run, label }) => ({ run, label, value: scores.get(run) ?? null }))
    .sort(
      (a, b) =>
        (isLower ? 1 : -1) *
        ((a.value ?? (isLower ? Infinity : -Infinity)) - (b.value ?? (isLower ? Infinity : -Infinity))),
    );
  const largest = Math.max(...rows.map(({ value }) => value ?? 0), metric.endsWith('accuracy') ? 1 : 0) || 1;
  return (
    <Card
      title={`${title}: ${metricLabel(metric)}`}
      actions={<Choice label={t.whichEpoch} value={which} options={epochs} onChange={choose} />}
    >
      <ol className="lesson-scores">
        {rows.map(({ run, label, value }) => (
          <li key={run}>
            <span>{label}</span>
            <span className="lesson-score">
              <span
                style={{
                  width: `${(100 * (value ?? 0)) / largest}%`,
                  background: `var(${styles?.get(run)?.color ?? '--line-1'})`,
                }}
              />
            </span>
            <b>{value === null ? text.units.none : formatMetric(metric, value)}</b>
          </li>
        ))}
      </ol>
    </Card>
  );
}

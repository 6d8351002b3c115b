import { useRef } from 'react';
import { useWidth } from '../charts/useWidth';
import { ChartCard, NumbersTable, useCardView } from '../compare/ChartCard';
import { formatMetric, metricLabel } from '../compare/format';
import { scaleOf } from '../compare/variables/scale';
import { percentTick, tick } from '../text/format';
import { text } from '../text/text';
import { variablesOf } from './trialVariables';
import type { ArmComparison, StudyDetail, StudyResult, TrialEntry } from './useStudies';

const t = text.studies.comparison;
const rowHeight = 30;
const margin = { right: 24, top: 10, bottom: 40 };

interface ComparisonCardProps {
  study: StudyDetail;
  trials: readonly TrialEntry[];
  result: StudyResult;
  comparison: ArmComparison;
}

/** Each setting with its mean, the 95 % interval and its seeds; and every difference to the best. */
export function ComparisonCard({ study, trials, result, comparison }: ComparisonCardProps) {
  const [shown, show] = useCardView('arms');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const { metric } = study;
  const arms = comparison.arms.filter(({ mean }) => mean !== null);
  const best = comparison.verdict.best;
  const pairs = comparison.pairs.filter(({ first, second }) => first === best || second === best);
  const amount = (value: number) =>
    metric.endsWith('_accuracy') ? t.points(Number((100 * value).toPrecision(3))) : tick(Number(value.toPrecision(3)));

  // The axis covers means, intervals and seeds.
  const ends = arms.flatMap(({ mean, halfWidth }) => [(mean ?? 0) - (halfWidth ?? 0), (mean ?? 0) + (halfWidth ?? 0)]);
  const isShare = metric.endsWith('_accuracy');
  const clipped = isShare ? ends.map((end) => Math.min(Math.max(end, 0), 1)) : ends;
  const axis = { ...variablesOf(study, []).value, valueOf: (id: string) => clipped[Number(id)] ?? null, distinct: 99 };
  const scale = scaleOf(
    axis,
    clipped.map((_, index) => String(index)),
  );
  const left = Math.min(260, Math.max(90, ...arms.map(({ name }) => 8 * name.length + 16)), width / 2.5);
  const x = (value: number) => left + Math.min(Math.max(scale.share(value) ?? 0, 0), 1) * (width - left - margin.right);
  const height = margin.top + rowHeight * arms.length + margin.bottom;
  const bottom = height - margin.bottom;

  return (
    <ChartCard title={t.title} view={shown} onView={show} svg={svg} note={t.note}>
      {shown === 'table' ? (
        <NumbersTable
          label={t.title}
          columns={[t.pair, t.difference, t.seeds, t.p, t.decided]}
          rows={pairs.map((pair) => ({
            key: `${pair.first}\n${pair.second}`,
            cells: [
              `${pair.first} – ${pair.second}`,
              `${amount(pair.difference)} ± ${amount(pair.halfWidth)}`,
              pair.seeds,
              tick(Number(pair.adjustedPValue.toPrecision(2))),
              pair.isDistinguishable ? t.yes : pair.requiredSeeds === null ? t.no : t.needs(pair.requiredSeeds),
            ],
          }))}
        />
      ) : (
        <div ref={host}>
          {width > 0 && (
            <svg
              ref={svg}
              className="plot"
              width={width}
              height={height}
              role="img"
              aria-label={t.describe(arms.length)}
            >
              {scale.ticks.map(({ share, value }) => (
                <g key={value}>
                  <line className="plot-grid" x1={x(Number(value))} x2={x(Number(value))} y1={margin.top} y2={bottom} />
                  <text
                    className="plot-tick"
                    x={left + share * (width - left - margin.right)}
                    y={bottom + 16}
                    textAnchor="middle"
                  >
                    {isShare ? percentTick(Number(value)) : tick(Number(value))}
                  </text>
                </g>
              ))}
              <text className="plot-title" x={(left + width - margin.right) / 2} y={height - 6} textAnchor="middle">
                {metricLabel(metric)}
              </text>
              {arms.map(({ name, mean, halfWidth }, row) => {
                const y = margin.top + rowHeight * (row + 0.5);
                const seeds = seedsOf(trials, result, name);
                return (
                  <g key={name} className={name === best ? 'arm arm-best' : 'arm'}>
                    <text className="plot-tick" x={left - 10} y={y} textAnchor="end" dominantBaseline="central">
                      {name.length > 30 ? `${name.slice(0, 29)}…` : name}
                      <title>{name}</title>
                    </text>
                    <line x1={x((mean ?? 0) - (halfWidth ?? 0))} x2={x((mean ?? 0) + (halfWidth ?? 0))} y1={y} y2={y} />
                    {seeds.map(({ seed, value }) => (
                      <circle key={seed} className="arm-seed" cx={x(value)} cy={y} r={3}>
                        <title>{`${text.studies.seed(seed)}: ${formatMetric(metric, value)}`}</title>
                      </circle>
                    ))}
                    <path className="arm-mean" d={`M${x(mean ?? 0)} ${y - 8}v16`}>
                      <title>{`${name}: ${formatMetric(metric, mean)}`}</title>
                    </path>
                  </g>
                );
              })}
            </svg>
          )}
        </div>
      )}
    </ChartCard>
  );
}

/** What each seed of an arm has reached. */
const seedsOf = (trials: readonly TrialEntry[], result: StudyResult, name: string) => {
  const number = result.arms.find((arm) => arm.name === name)?.trial;
  return (trials.find((trial) => trial.number === number)?.seedValues ?? []).flatMap(({ seed, value }) =>
    value === null ? [] : [{ seed, value }],
  );
};

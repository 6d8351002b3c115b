import { type CSSProperties, useRef } from 'react';
import { PlotFrame, plotPlace } from '../charts/PlotFrame';
import { useWidth } from '../charts/useWidth';
import { ChartCard, NumbersTable, useCardView } from '../compare/ChartCard';
import { formatMetric, metricLabel, ticksOf } from '../compare/format';
import { scaleOf } from '../compare/variables/scale';
import { tick } from '../text/format';
import { text } from '../text/text';
import { shadeOf } from './settingCurves';
import { hueOf, variablesOf } from './trialVariables';
import type { ArmComparison, StudyDetail, StudyResult, TrialEntry } from './useStudies';

const t = text.studies.comparison;
const rowHeight = 34;
const letterWidth = 7.2;
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
  const left = Math.min(Math.max(90, ...arms.map(({ name }) => letterWidth * name.length + 16)), width / 2.5);
  const letters = Math.floor((left - 16) / letterWidth);
  // The hue is that of the setting, the shade that of the seed, as in the comparison of runs.
  const trialOf = (name: string) => result.arms.find((arm) => arm.name === name)?.trial ?? 0;
  const styleOf = (name: string) => ({ '--arm': `var(${hueOf(trialOf(name))})` }) as CSSProperties;
  const place = plotPlace(width, margin.top + rowHeight * arms.length + margin.bottom, { ...margin, left });
  const x = (value: number) => place.x(Math.min(Math.max(scale.share(value) ?? 0, 0), 1));

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
            <PlotFrame
              ref={svg}
              label={t.describe(arms.length)}
              place={place}
              x={{ ticks: ticksOf(axis, scale), title: metricLabel(metric), hasGrid: true }}
            >
              {arms.map(({ name, mean, halfWidth }, row) => {
                const y = margin.top + rowHeight * (row + 0.5);
                const seeds = seedsOf(trials, result, name);
                return (
                  <g key={name} className={name === best ? 'arm arm-best' : 'arm'} style={styleOf(name)}>
                    <text className="plot-tick" x={left - 10} y={y} textAnchor="end" dominantBaseline="central">
                      {name.length > letters ? `${name.slice(0, letters - 1)}…` : name}
                      <title>{name}</title>
                    </text>
                    <line x1={x((mean ?? 0) - (halfWidth ?? 0))} x2={x((mean ?? 0) + (halfWidth ?? 0))} y1={y} y2={y} />
                    {seeds.map(({ seed, value }) => (
                      <circle
                        key={seed}
                        className="arm-seed"
                        style={{ fill: `var(${shadeOf(study, trialOf(name), seed)})` }}
                        cx={x(value)}
                        cy={y}
                        r={3}
                      >
                        <title>{`${text.studies.seed(seed)}: ${formatMetric(metric, value)}`}</title>
                      </circle>
                    ))}
                    <path className="arm-mean" d={`M${x(mean ?? 0)} ${y - 8}v16`}>
                      <title>{`${name}: ${formatMetric(metric, mean)}`}</title>
                    </path>
                  </g>
                );
              })}
            </PlotFrame>
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

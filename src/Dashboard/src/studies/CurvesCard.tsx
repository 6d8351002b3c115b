import { useRef } from 'react';
import { PlotFrame, plotPlace } from '../charts/PlotFrame';
import { useWidth } from '../charts/useWidth';
import { ChartCard, NumbersTable, useCardView } from '../compare/ChartCard';
import { formatMetric, metricLabel, ticksOf } from '../compare/format';
import type { LineStyle } from '../compare/lineStyle';
import { scaleOf } from '../compare/variables/scale';
import { integer } from '../text/format';
import { text } from '../text/text';
import { rungsOf } from './rungs';
import { variablesOf } from './trialVariables';
import type { StudyDetail, TrialEntry } from './useStudies';

const t = text.studies.curves;
const height = 320;
const margin = { left: 64, right: 24, top: 26, bottom: 44 };

interface CurvesCardProps {
  study: StudyDetail;
  trials: readonly TrialEntry[];
  styles: ReadonlyMap<string, LineStyle>;
  /** Ids of the trials within the ranges of the parallel coordinates; the others are faint. */
  inside?: ReadonlySet<string>;
}

/** The metric of every trial by epoch; with ASHA or successive halving the rungs, and how many trials reached each. */
export function CurvesCard({ study, trials, styles, inside }: CurvesCardProps) {
  const [shown, show] = useCardView('curves');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const curves = trials.flatMap(({ number, state, curve }) => {
    const points = (curve ?? []).flatMap(({ epoch, value }) => (value === null ? [] : [{ epoch, value }]));
    return points.length === 0 ? [] : [{ number, state, points }];
  });
  if (curves.length === 0) {
    return null;
  }
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value));
  const axis = { ...variablesOf(study, []).value, valueOf: (id: string) => values[Number(id)] ?? null, distinct: 99 };
  const scale = scaleOf(
    axis,
    values.map((_, index) => String(index)),
  );
  const last = Math.max(study.definition.epochs, ...curves.map(({ points }) => points.at(-1)?.epoch ?? 1));
  const place = plotPlace(width, height, margin);
  const across = (epoch: number) => (last === 1 ? 0.5 : (epoch - 1) / (last - 1));
  const x = (epoch: number) => place.x(across(epoch));
  const y = (value: number) => place.y(scale.share(value) ?? 0);
  const rungs = rungsOf(study.definition.stopping, study.definition.epochs).map((epoch) => ({
    epoch,
    reached: curves.filter(({ points }) => (points.at(-1)?.epoch ?? 0) >= epoch).length,
  }));
  const best = study.best?.number;

  return (
    <ChartCard
      title={rungs.length > 0 ? t.withRungs : t.title}
      view={shown}
      onView={show}
      svg={svg}
      note={rungs.length > 0 ? t.rungNote : undefined}
    >
      {shown === 'table' ? (
        <NumbersTable
          label={t.title}
          columns={[t.trial, t.epochs, t.last]}
          rows={curves.map(({ number, points }) => ({
            key: String(number),
            cells: [`#${number}`, integer(points.at(-1)?.epoch), formatMetric(study.metric, points.at(-1)?.value)],
          }))}
        />
      ) : (
        <div ref={host}>
          {width > 0 && (
            <PlotFrame
              ref={svg}
              label={t.describe(metricLabel(study.metric), curves.length)}
              place={place}
              x={{
                ticks: epochTicks(last, rungs).map((epoch) => ({ share: across(epoch), label: integer(epoch) })),
                title: t.epoch,
              }}
              y={{ ticks: ticksOf(axis, scale) }}
            >
              {rungs.map(({ epoch, reached }) => (
                <g key={epoch}>
                  <line className="rung" x1={x(epoch)} x2={x(epoch)} y1={place.top} y2={place.bottom} />
                  <text className="plot-tick" x={x(epoch)} y={place.top - 10} textAnchor="middle">
                    {t.reached(reached)}
                  </text>
                </g>
              ))}
              <g fill="none">
                {curves.map(({ number, state, points }) => {
                  const color = `var(${styles.get(String(number))?.color ?? '--trial-4'})`;
                  const end = points.at(-1) ?? { epoch: 1, value: 0 };
                  return (
                    <g key={number} className={inside?.has(String(number)) === false ? 'trial-outside' : undefined}>
                      <polyline
                        className={number === best ? 'trial-curve trial-curve-best' : 'trial-curve'}
                        stroke={color}
                        points={points
                          .map(({ epoch, value }) => `${x(epoch).toFixed(1)},${y(value).toFixed(1)}`)
                          .join(' ')}
                      >
                        <title>{`#${number}: ${formatMetric(study.metric, end.value)}`}</title>
                      </polyline>
                      {state === 'stopped' && (
                        <circle className="trial-end" cx={x(end.epoch)} cy={y(end.value)} r={3.5} stroke={color}>
                          <title>{t.stoppedAt(number, end.epoch)}</title>
                        </circle>
                      )}
                    </g>
                  );
                })}
              </g>
            </PlotFrame>
          )}
        </div>
      )}
    </ChartCard>
  );
}

/** The first, the last and the rungs; without rungs the middle too. Rungs that are close to the one before are left out. */
function epochTicks(last: number, rungs: readonly { readonly epoch: number }[]): readonly number[] {
  const known = rungs.length > 0 ? rungs.map(({ epoch }) => epoch) : [Math.ceil(last / 2)];
  const least = last / 16;
  return [1, ...known, last].filter(
    (epoch, index, all) =>
      all.indexOf(epoch) === index &&
      (index === 0 || epoch === last || (epoch - (all[index - 1] ?? 0) >= least && last - epoch >= least)),
  );
}

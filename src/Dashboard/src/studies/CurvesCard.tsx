import { useRef } from 'react';
import { useWidth } from '../charts/useWidth';
import { ChartCard, NumbersTable, useCardView } from '../compare/ChartCard';
import { formatMetric, metricLabel } from '../compare/format';
import type { LineStyle } from '../compare/lineStyle';
import { scaleOf } from '../compare/variables/scale';
import { integer, percentTick, tick } from '../text/format';
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
}

/** The metric of every trial by epoch; with ASHA or successive halving the rungs, and how many trials reached each. */
export function CurvesCard({ study, trials, styles }: CurvesCardProps) {
  const [shown, show] = useCardView('curves');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const curves = trials.flatMap(({ number, curve }) => {
    const points = (curve ?? []).flatMap(({ epoch, value }) => (value === null ? [] : [{ epoch, value }]));
    return points.length === 0 ? [] : [{ number, points }];
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
  const x = (epoch: number) =>
    margin.left + (last === 1 ? 0.5 : (epoch - 1) / (last - 1)) * (width - margin.left - margin.right);
  const y = (value: number) =>
    height - margin.bottom - (scale.share(value) ?? 0) * (height - margin.top - margin.bottom);
  const rungs = rungsOf(study.definition.stopping, study.definition.epochs).map((epoch) => ({
    epoch,
    reached: curves.filter(({ points }) => (points.at(-1)?.epoch ?? 0) >= epoch).length,
  }));
  const best = study.best?.number;
  const isShare = study.metric.endsWith('_accuracy');

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
            <svg
              ref={svg}
              className="plot"
              width={width}
              height={height}
              role="img"
              aria-label={t.describe(metricLabel(study.metric), curves.length)}
            >
              {scale.ticks.map(({ value }) => (
                <g key={value}>
                  <line
                    className="plot-grid"
                    x1={margin.left}
                    x2={width - margin.right}
                    y1={y(Number(value))}
                    y2={y(Number(value))}
                  />
                  <text
                    className="plot-tick"
                    x={margin.left - 8}
                    y={y(Number(value))}
                    textAnchor="end"
                    dominantBaseline="central"
                  >
                    {isShare ? percentTick(Number(value)) : tick(Number(value))}
                  </text>
                </g>
              ))}
              {rungs.map(({ epoch, reached }) => (
                <g key={epoch}>
                  <line className="rung" x1={x(epoch)} x2={x(epoch)} y1={margin.top} y2={height - margin.bottom} />
                  <text className="plot-tick" x={x(epoch)} y={margin.top - 10} textAnchor="middle">
                    {t.reached(reached)}
                  </text>
                </g>
              ))}
              <g fill="none">
                {curves.map(({ number, points }) => {
                  const style = styles.get(String(number));
                  return (
                    <polyline
                      key={number}
                      className={number === best ? 'trial-curve trial-curve-best' : 'trial-curve'}
                      stroke={`var(${style?.color ?? '--line-1-4'})`}
                      points={points
                        .map(({ epoch, value }) => `${x(epoch).toFixed(1)},${y(value).toFixed(1)}`)
                        .join(' ')}
                    >
                      <title>{`#${number}: ${formatMetric(study.metric, points.at(-1)?.value)}`}</title>
                    </polyline>
                  );
                })}
              </g>
              <line
                className="plot-axis"
                x1={margin.left}
                x2={width - margin.right}
                y1={height - margin.bottom}
                y2={height - margin.bottom}
              />
              {[...new Set([1, Math.ceil(last / 2), last, ...rungs.map(({ epoch }) => epoch)])].map((epoch) => (
                <text
                  key={epoch}
                  className="plot-tick"
                  x={x(epoch)}
                  y={height - margin.bottom + 16}
                  textAnchor="middle"
                >
                  {epoch}
                </text>
              ))}
              <text
                className="plot-title"
                x={(margin.left + width - margin.right) / 2}
                y={height - 6}
                textAnchor="middle"
              >
                {t.epoch}
              </text>
            </svg>
          )}
        </div>
      )}
    </ChartCard>
  );
}

import { useMemo, useState } from 'react';
import { useImage } from '../../charts/download/DownloadMenu';
import { LineArea } from '../../charts/LineArea';
import type { Drawing } from '../../charts/series';
import { type LineStyle, lineStylesOf } from '../../compare/lineStyle';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { FramePlayer, useFrames } from '../../run/frames/FramePlayer';
import { formatStatistic, isShare } from '../../run/layers/statistics';
import { brief, percentTick } from '../../text/format';
import { text } from '../../text/text';
import type { FigureProps } from './figureProps';
import { layerLine, statisticOf } from './layerLines';
import { useObservationsOf } from './useRunQueries';
import { useRunsComparison } from './useRunsComparison';
import '../../charts/charts.css';
import '../../compare/compare.css';

const t = text.lessons;
const plain: LineStyle = { color: '--line-1', dash: [], marker: 'circle' };
const scales = [
  { value: 'linear', label: t.linear },
  { value: 'log', label: t.log },
] as const;

/** A statistic from layer to layer, one line for each run, epoch by epoch. */
export default function LayersFigure({ chart, title, runs }: FigureProps) {
  const statistic = statisticOf(chart.measure) ?? 'activation-std';
  const [scale, setScale] = useState<'linear' | 'log'>(chart.log === true ? 'log' : 'linear');
  const observed = useObservationsOf(runs, false);
  const styles = useStyles(runs);
  const epochs = useMemo(
    () => [...new Set(observed.flatMap((one) => one?.epochs.map(({ epoch }) => epoch) ?? []))].sort((a, b) => a - b),
    [observed],
  );
  const start = chart.epoch == null ? null : Math.max(epochs.indexOf(chart.epoch), 0);
  const { frame, isLatest: _, ...player } = useFrames(epochs.length, { start });
  const epoch = epochs[frame] ?? 0;
  const [, setImage] = useImage();
  const drawing = useMemo((): Drawing => {
    const format = formatStatistic(statistic);
    return {
      series: runs.map(({ run, label }, index) => {
        const one = observed[index];
        return {
          ...(styles.get(run) ?? plain),
          id: run,
          name: label,
          look: 'mark' as const,
          points: one === undefined ? [] : layerLine(one, epoch, statistic, chart.layers ?? null, scale === 'log'),
        };
      }),
      x: { name: t.layerAxis, from: 1, to: null, isWhole: true, format: (value) => t.layer(value), tick: String },
      y: {
        isLog: scale === 'log',
        limits: isShare(statistic)
          ? [0, 1]
          : statistic === 'activation-mean'
            ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
            : [0, Number.POSITIVE_INFINITY],
        format,
        tick: isShare(statistic) ? percentTick : brief,
      },
      isRanked: true,
    };
  }, [observed, runs, styles, epoch, statistic, scale, chart.layers]);
  const name = text.observed.statistics[statistic];
  return (
    <Card
      title={`${title}: ${name}`}
      actions={<Choice label={t.scale} value={scale} options={scales} onChange={setScale} />}
    >
      <p className="card-note">{text.observed.help[statistic]}</p>
      {epochs.length === 0 ? (
        <p className="chart-empty">{text.charts.loading}</p>
      ) : (
        <>
          <FramePlayer {...player} frames={epochs.length} frame={frame} caption={text.observed.epoch(epoch)} />
          <ul className="lesson-legend">
            {drawing.series.map(({ id, name: label, color }) => (
              <li key={id}>
                <span className="lesson-swatch" style={{ background: `var(${color})` }} /> {label}
              </li>
            ))}
          </ul>
          <LineArea
            className="curves-area"
            label={t.layersLabel(name, epoch)}
            drawing={drawing}
            onImage={setImage}
            onZoom={ignore}
          />
        </>
      )}
    </Card>
  );
}

const ignore = () => {};

/** The styles that the runs have in the other figures. */
function useStyles(runs: FigureProps['runs']): ReadonlyMap<string, LineStyle> {
  const comparison = useRunsComparison(runs, ['validation_accuracy']);
  return useMemo(() => (comparison === undefined ? new Map() : lineStylesOf(comparison).runs), [comparison]);
}

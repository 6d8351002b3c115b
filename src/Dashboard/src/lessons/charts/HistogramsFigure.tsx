import { useMemo } from 'react';
import { Card } from '../../design/Card';
import { FramePlayer, useFrames } from '../../run/frames/FramePlayer';
import { axesOf, histogramSeries, outlineOf } from '../../run/layers/histograms';
import { brief } from '../../text/format';
import { text } from '../../text/text';
import type { FigureProps } from './figureProps';
import { useObservationsOf } from './useRunQueries';
import '../../run/layers/layers.css';

const t = text.lessons;

/** The activations of each layer as histograms: a row for each run, a column for each layer, on one scale. */
export default function HistogramsFigure({ chart, title, runs }: FigureProps) {
  const observed = useObservationsOf(runs, true);
  const rows = useMemo(
    () =>
      runs.map(({ run, label }, index) => {
        const one = observed[index];
        const kinds = new Map(one?.layers.map(({ layer, kind }) => [layer, kind]));
        const { epochs, series } = one === undefined ? { epochs: [], series: [] } : histogramSeries(one, 'activation');
        return {
          run,
          label,
          epochs,
          series: series.filter(({ layer }) => chart.layers == null || kinds.get(layer) === chart.layers),
        };
      }),
    [runs, observed, chart.layers],
  );
  const epochs = useMemo(() => [...new Set(rows.flatMap((row) => row.epochs))].sort((a, b) => a - b), [rows]);
  const start = chart.epoch == null ? null : Math.max(epochs.indexOf(chart.epoch), 0);
  const { frame, isLatest: _, ...player } = useFrames(epochs.length, { start });
  const epoch = epochs[frame] ?? 0;
  // One scale for all runs and layers.
  const all = rows.flatMap(({ series }) => series);
  const axis = axesOf(all, 'same', false)[0];
  return (
    <Card title={title}>
      {axis === undefined ? (
        <p className="chart-empty">{text.charts.loading}</p>
      ) : (
        <>
          <FramePlayer {...player} frames={epochs.length} frame={frame} caption={text.observed.epoch(epoch)} />
          <div className="lesson-histograms">
            {rows.map(({ run, label, epochs: own, series }) => {
              const at = Math.max(
                own.findLastIndex((known) => known <= epoch),
                0,
              );
              return (
                <section key={run} aria-label={label}>
                  <h3>{label}</h3>
                  <div>
                    {series.map(({ layer, name, frames }) => {
                      const histogram = frames[at] ?? null;
                      return (
                        <figure key={layer}>
                          <svg
                            className="histograms"
                            viewBox="0 0 100 40"
                            preserveAspectRatio="none"
                            role="img"
                            aria-label={
                              histogram === null
                                ? text.observed.noHistogram(text.observed.tensors.activation, name)
                                : text.observed.histogram(
                                    text.observed.tensors.activation,
                                    name,
                                    brief(histogram.min),
                                    brief(histogram.max),
                                    String(histogram.counts.reduce((sum, one) => sum + one, 0)),
                                  )
                            }
                          >
                            <rect width="100" height="40" />
                            {histogram !== null && <path d={outlineOf(histogram, axis)} />}
                          </svg>
                          <figcaption className="mono">{name}</figcaption>
                        </figure>
                      );
                    })}
                  </div>
                </section>
              );
            })}
          </div>
          <p className="card-note">{t.histogramsNote(brief(axis.low), brief(axis.high))}</p>
        </>
      )}
    </Card>
  );
}

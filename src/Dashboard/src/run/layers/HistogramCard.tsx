import { useMemo, useRef } from 'react';
import type { RunObservations } from '../../api/types';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { useWidth } from '../../charts/useWidth';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { useParam } from '../../navigation/navigation';
import { brief, integer } from '../../text/format';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import {
  axesOf,
  type HistogramAxis,
  type HistogramSeries,
  histogramSeries,
  outlineOf,
  scales,
  type Tensor,
  tensors,
  usualScale,
} from './histograms';

const t = text.observed;
const options = tensors.map((value) => ({ value, label: t.tensors[value] }));
const scaleOptions = scales.map((value) => ({ value, label: t.scales[value] }));
const asTensor = (value: string | null): Tensor => tensors.find((tensor) => tensor === value) ?? 'activation';

const height = 88;
const step = height + 56;
const gap = 12;

/** Histograms of activations, gradients or weights of each layer, epoch by epoch. */
export function HistogramCard({ observed }: { observed: RunObservations }) {
  const [value, setValue] = useParam('tensor');
  const tensor = asTensor(value);
  const { epochs, series } = useMemo(() => histogramSeries(observed, tensor), [observed, tensor]);
  const [scaleText, setScale] = useParam('scale');
  const scale = scales.find((one) => one === scaleText) ?? usualScale(tensor);
  const [axisText, setAxis] = useParam('histogram-x');
  const isLog = tensor === 'gradient' && axisText !== 'linear';
  const axes = useMemo(() => axesOf(series, scale, isLog), [series, scale, isLog]);
  const { frame, isLatest: _, ...player } = useFrames(epochs.length);
  const caption = t.epoch(epochs[frame] ?? 0);
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth<HTMLDivElement>();
  const across = Math.max(Math.floor((width + gap) / (Math.min(200, width * 0.45) + gap)), 1);
  const plotWidth = (width + gap) / across - gap;
  return (
    <Card
      title={t.histograms}
      actions={
        <>
          <Choice label={t.tensor} value={tensor} options={options} onChange={setValue} />
          <Choice
            label={t.scale}
            value={scale}
            options={scaleOptions}
            onChange={(next) => setScale(next === usualScale(tensor) ? null : next)}
          />
          {tensor === 'gradient' && (
            <button
              type="button"
              className="chip"
              aria-pressed={isLog}
              onClick={() => setAxis(isLog ? 'linear' : null)}
            >
              {text.charts.logX}
            </button>
          )}
          {series.length > 0 && <DownloadMenu chart={`${t.tensors[tensor]}, ${caption}`} svg={svg} />}
        </>
      }
    >
      {series.length === 0 ? (
        <p className="chart-empty">{t.noHistograms}</p>
      ) : (
        <>
          <FramePlayer {...player} frames={epochs.length} frame={frame} caption={caption} />
          <div ref={host}>
            {width > 0 && (
              // biome-ignore lint/a11y/noSvgWithoutTitle: each plot has a name of its own.
              <svg ref={svg} className="histograms" width={width} height={Math.ceil(series.length / across) * step}>
                {series.map((one, index) => (
                  <g
                    key={one.layer}
                    transform={`translate(${(index % across) * (plotWidth + gap)} ${Math.floor(index / across) * step})`}
                  >
                    <HistogramPlot
                      series={one}
                      axis={axes[index]}
                      frame={frame}
                      tensor={t.tensors[tensor]}
                      width={plotWidth}
                    />
                  </g>
                ))}
              </svg>
            )}
          </div>
          <p className="card-note">
            {t.histogramNote[scale]} {isLog && t.decades}
          </p>
        </>
      )}
    </Card>
  );
}

interface HistogramPlotProps {
  series: HistogramSeries;
  axis: HistogramAxis | undefined;
  frame: number;
  tensor: string;
  width: number;
}

function HistogramPlot({ series: { name, frames }, axis, frame, tensor, width }: HistogramPlotProps) {
  const histogram = frames[frame] ?? null;
  const count = histogram?.counts.reduce((sum, one) => sum + one, 0) ?? 0;
  const label =
    histogram === null
      ? t.noHistogram(tensor, name)
      : t.histogram(tensor, name, brief(histogram.min), brief(histogram.max), integer(count));
  if (axis === undefined) {
    return null;
  }
  const { low, high, at, decades } = axis;
  const zero = low < 0 && high > 0 ? at(0) : null;
  return (
    <>
      <text className="mono" y="14">
        {name}
      </text>
      <svg y="22" {...{ width, height }} viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={label}>
        <rect width="100" height="40" />
        {decades.map((decade) => (
          <path key={decade} className="histogram-decade" d={`M${at(decade)} 0V40`} />
        ))}
        {zero !== null && <path className="histogram-zero" d={`M${zero} 0V40`} />}
        {histogram !== null && <path d={outlineOf(histogram, axis)} />}
      </svg>
      <text className="histogram-end" y={height + 38}>
        {brief(low)}
      </text>
      <text className="histogram-end" x={width} y={height + 38} textAnchor="end">
        {brief(high)}
      </text>
    </>
  );
}

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
import { type HistogramSeries, histogramSeries, outlineOf, type Tensor, tensors } from './histograms';

const t = text.observed;
const options = tensors.map((value) => ({ value, label: t.tensors[value] }));
const asTensor = (value: string | null): Tensor => tensors.find((tensor) => tensor === value) ?? 'activation';

const height = 88;
const step = height + 56;
const gap = 12;

/** Histograms of activations, gradients or weights of each layer, epoch by epoch. */
export function HistogramCard({ observed }: { observed: RunObservations }) {
  const [value, setValue] = useParam('tensor');
  const tensor = asTensor(value);
  const { epochs, series } = useMemo(() => histogramSeries(observed, tensor), [observed, tensor]);
  const { frame, ...player } = useFrames(epochs.length);
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
                    <HistogramPlot series={one} frame={frame} tensor={t.tensors[tensor]} width={plotWidth} />
                  </g>
                ))}
              </svg>
            )}
          </div>
        </>
      )}
    </Card>
  );
}

interface HistogramPlotProps {
  series: HistogramSeries;
  frame: number;
  tensor: string;
  width: number;
}

function HistogramPlot({ series: { name, low, high, frames }, frame, tensor, width }: HistogramPlotProps) {
  const histogram = frames[frame] ?? null;
  const count = histogram?.counts.reduce((sum, one) => sum + one, 0) ?? 0;
  const zero = low < 0 && high > 0 ? (-low / (high - low)) * 100 : null;
  const label =
    histogram === null
      ? t.noHistogram(tensor, name)
      : t.histogram(tensor, name, brief(histogram.min), brief(histogram.max), integer(count));
  return (
    <>
      <text className="mono" y="14">
        {name}
      </text>
      <svg y="22" {...{ width, height }} viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={label}>
        <rect width="100" height="40" />
        {zero !== null && <path className="histogram-zero" d={`M${zero} 0V40`} />}
        {histogram !== null && <path d={outlineOf(histogram, low, high)} />}
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

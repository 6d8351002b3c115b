import { useMemo } from 'react';
import type { RunObservations } from '../../api/types';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { imageFromSvg } from '../../charts/download/image';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { useParam } from '../../navigation/navigation';
import { brief, integer } from '../../text/format';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import { type HistogramSeries, histogramSeries, outlineOf, type Tensor, tensors } from './histograms';
import { histogramsSvg } from './histogramsSvg';

const t = text.observed;
const options = tensors.map((value) => ({ value, label: t.tensors[value] }));
const asTensor = (value: string | null): Tensor => tensors.find((tensor) => tensor === value) ?? 'activation';

/** Histograms of activations, gradients or weights of each layer, epoch by epoch. */
export function HistogramCard({ observed }: { observed: RunObservations }) {
  const [value, setValue] = useParam('tensor');
  const tensor = asTensor(value);
  const { epochs, series } = useMemo(() => histogramSeries(observed, tensor), [observed, tensor]);
  const { frame, ...player } = useFrames(epochs.length);
  const caption = t.epoch(epochs[frame] ?? 0);
  const title = `${t.tensors[tensor]}, ${caption}`;
  return (
    <Card
      title={t.histograms}
      actions={
        <>
          <Choice label={t.tensor} value={tensor} options={options} onChange={setValue} />
          {series.length > 0 && (
            <DownloadMenu
              chart={title}
              image={(theme) => imageFromSvg(() => histogramsSvg(title, series, frame, theme))}
            />
          )}
        </>
      }
    >
      {series.length === 0 ? (
        <p className="chart-empty">{t.noHistograms}</p>
      ) : (
        <>
          <FramePlayer {...player} frames={epochs.length} frame={frame} caption={caption} />
          <ul className="histograms">
            {series.map((one) => (
              <HistogramPlot key={one.layer} series={one} frame={frame} tensor={t.tensors[tensor]} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

interface HistogramPlotProps {
  series: HistogramSeries;
  frame: number;
  tensor: string;
}

function HistogramPlot({ series: { name, low, high, frames }, frame, tensor }: HistogramPlotProps) {
  const histogram = frames[frame] ?? null;
  const count = histogram?.counts.reduce((sum, one) => sum + one, 0) ?? 0;
  const zero = low < 0 && high > 0 ? (-low / (high - low)) * 100 : null;
  return (
    <li className="histogram">
      <h3 className="mono">{name}</h3>
      <svg
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        role="img"
        aria-label={
          histogram === null
            ? t.noHistogram(tensor, name)
            : t.histogram(tensor, name, brief(histogram.min), brief(histogram.max), integer(count))
        }
      >
        {zero !== null && <line x1={zero} x2={zero} y1="0" y2="40" className="histogram-zero" />}
        {histogram !== null && <path d={outlineOf(histogram, low, high)} />}
      </svg>
      <p aria-hidden="true" className="row spread muted">
        <span>{brief(low)}</span>
        <span>{brief(high)}</span>
      </p>
    </li>
  );
}

import type { RunDetail } from '../api/types';
import { Card } from '../design/Card';
import { type DataColumn, DataTable } from '../design/DataTable';
import { HighlightedJson } from '../json/HighlightedJson';
import { LayerTable } from '../network/LayerTable';
import { brief, loss, percent } from '../text/format';
import { text } from '../text/text';
import type { EpochPoint, RunHistory } from './history/runHistory';

const t = text.charts;

/** Rows of the table of epochs; a longer run is thinned out. */
const maximumRows = 50;

const columns: readonly DataColumn<EpochPoint>[] = [
  { name: t.epoch, isNumber: true, isRowHeader: true, cell: ({ epoch }) => epoch },
  { name: `${t.loss}: ${t.train}`, isNumber: true, cell: ({ trainLoss }) => loss(trainLoss) },
  { name: `${t.loss}: ${t.validation}`, isNumber: true, cell: ({ validationLoss }) => loss(validationLoss) },
  { name: `${t.accuracy}: ${t.train}`, isNumber: true, cell: ({ trainAccuracy }) => percent(trainAccuracy) },
  { name: `${t.accuracy}: ${t.validation}`, isNumber: true, cell: (point) => percent(point.validationAccuracy) },
  { name: t.rate, isNumber: true, cell: ({ learningRate }) => brief(learningRate) },
];

/** What a printed run has below its overview: the epochs as numbers, the layers and the spec. */
export function PrintedRun({ run, history: { epochs } }: { run: RunDetail; history: RunHistory }) {
  return (
    <div className="stack">
      {epochs.length > 0 && (
        <Card title={text.print.epochs}>
          <DataTable label={text.print.epochs} rows={thinned(epochs)} rowKey={({ epoch }) => epoch} columns={columns} />
        </Card>
      )}
      <Card title={text.layers.title}>
        <LayerTable layers={run.layers} />
      </Card>
      <Card title={text.spec.title}>
        <pre className="printed-spec">
          <HighlightedJson json={JSON.stringify(run.spec, null, 2)} />
        </pre>
        <p className="card-note">
          {text.spec.hash} <code>{run.specSha256}</code>
        </p>
      </Card>
    </div>
  );
}

/** Every epoch, or evenly spread ones with the first and the last. */
export const thinned = (epochs: readonly EpochPoint[]): readonly EpochPoint[] => {
  const last = epochs.length - 1;
  return last < maximumRows
    ? epochs
    : Array.from({ length: maximumRows }, (_, row) => epochs[Math.round((row * last) / (maximumRows - 1))]).filter(
        (point) => point !== undefined,
      );
};

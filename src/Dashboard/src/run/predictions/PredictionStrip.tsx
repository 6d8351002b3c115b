import type { RunDetail } from '../../api/types';
import { Card } from '../../design/Card';
import { Icon } from '../../design/Icon';
import { wholePercent } from '../../text/format';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import type { RunHistory } from '../history/runHistory';
import { usePredictions } from '../queries';
import './predictions.css';

const t = text.predictions;

/** Whether the samples of a run are images. */
const hasImages = ({ layers }: Pick<RunDetail, 'layers'>): boolean => layers[0]?.input.length === 3;

interface PredictionStripProps {
  run: RunDetail;
  history: RunHistory;
}

/** A few validation images with what the network predicts for them, epoch by epoch; nothing before the first prediction. */
export function PredictionStrip({ run, history }: PredictionStripProps) {
  const { data } = usePredictions(hasImages(run) ? run.id : null);
  const epochs = data?.epochs ?? [];
  const { frame, isLatest: _, ...player } = useFrames(epochs.length);
  const shown = epochs[frame];
  if (data === undefined || data.images.length === 0 || shown === undefined) {
    return null;
  }
  const names = history.started?.data?.classNames ?? [];
  const nameOf = (index: number): string => names[index] ?? text.boundary.class(index);
  const right = data.images.filter(({ label }, index) => shown.predictions[index]?.predicted === label).length;
  return (
    <Card title={t.title} className="curve predictions">
      <div className="row predictions-head">
        <FramePlayer {...player} frames={epochs.length} frame={frame} caption={text.observed.epoch(shown.epoch)} />
        <p className="muted" role="status">
          {t.right(right, data.images.length)}
        </p>
      </div>
      <ul>
        {data.images.map(({ label, image }, index) => {
          const prediction = shown.predictions[index];
          const predicted = nameOf(prediction?.predicted ?? -1);
          const isRight = prediction?.predicted === label;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the images of a run never change.
            <li key={index} data-right={isRight} title={t.alt(nameOf(label), predicted)}>
              <img src={`data:image/png;base64,${image}`} alt={t.alt(nameOf(label), predicted)} />
              <span>
                <Icon shape={isRight ? 'check' : 'cross'} />
                {predicted}
              </span>
              <small>{wholePercent(prediction?.confidence)}</small>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

import { useMemo } from 'react';
import { Card } from '../design/Card';
import { BoundaryPlot } from '../run/boundary/BoundaryPlot';
import { loss, percent } from '../text/format';
import { text } from '../text/text';
import { LossChart } from './LossChart';
import type { PlaygroundState } from './PlaygroundClient';

const t = text.playground;
const largestPlot = 300;

/** The decision boundary over the points, the losses and the accuracies. */
export function OutputCard({ state }: { state: PlaygroundState | null }) {
  const { opened, frame, history } = state ?? { opened: null, frame: null, history: null };
  const shown = useMemo(
    () => (frame?.decision == null ? null : { epoch: frame.epoch, step: frame.step, frame: frame.decision }),
    [frame],
  );
  return (
    <Card title={t.output} className="playground-output">
      <dl className="playground-metrics">
        <div className="of-train">
          <dt>{t.train}</dt>
          <dd>{loss(frame?.trainLoss)}</dd>
        </div>
        <div className="of-validation">
          <dt>{t.validation}</dt>
          <dd>{loss(frame?.validationLoss)}</dd>
        </div>
        <div>
          <dt>{t.trainAccuracy}</dt>
          <dd>{percent(frame?.trainAccuracy)}</dd>
        </div>
        <div>
          <dt>{t.validationAccuracy}</dt>
          <dd>{percent(frame?.validationAccuracy)}</dd>
        </div>
      </dl>
      {opened !== null && shown !== null && <BoundaryPlot frame={shown} points={opened.points} maximum={largestPlot} />}
      {history !== null && <LossChart history={history} />}
    </Card>
  );
}

import type { RunDetail } from '../api/types';
import { Figure, Figures } from '../design/Figure';
import { duration, integer, loss, percent, short } from '../text/format';
import { text } from '../text/text';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';

interface FiguresProps {
  run: RunDetail;
  status: RunStatus;
  history: RunHistory;
}

const t = text.figures;

/** The key figures of a run. */
export function RunFigures({ run, status, history }: FiguresProps) {
  const last = history.epochs.at(-1);
  const { started, finished } = history;
  const gap =
    last?.trainAccuracy == null || last.validationAccuracy == null
      ? null
      : last.trainAccuracy - last.validationAccuracy;
  return (
    <Figures label={t.label}>
      <Figure
        name={t.best}
        value={percent(status.bestValidationAccuracy)}
        note={status.bestEpoch === null ? null : t.bestAt(status.bestEpoch)}
      />
      {finished !== null && finished.testAccuracy !== null && (
        <Figure name={t.test} value={percent(finished.testAccuracy)} note={t.testOf} />
      )}
      <Figure
        name={t.loss}
        value={loss(last?.validationLoss ?? run.validationLoss)}
        note={last === undefined ? null : t.lossAt(last.epoch)}
      />
      <Figure name={t.gap} value={percent(gap)} note={t.gapOf} />
      <Figure
        name={t.elapsed}
        value={duration(status.elapsedSeconds)}
        note={started === null ? null : t.device(started.device, started.precision, started.threads)}
      />
      <Figure name={t.speed} value={integer(status.imagesPerSecond)} />
      <Figure name={t.parameters} value={short(run.parameters)} note={t.layers(run.layers.length)} />
    </Figures>
  );
}

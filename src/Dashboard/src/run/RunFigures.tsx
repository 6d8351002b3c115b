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

/** The key figures of a run. */
export function RunFigures({ run, status, history }: FiguresProps) {
  const last = history.epochs.at(-1);
  const { started, finished } = history;
  return (
    <Figures label={text.figures.label}>
      <Figure
        name={text.figures.best}
        value={percent(status.bestValidationAccuracy)}
        note={status.bestEpoch === null ? null : text.figures.bestAt(status.bestEpoch)}
      />
      {finished !== null && finished.testAccuracy !== null ? (
        <Figure name={text.figures.test} value={percent(finished.testAccuracy)} note={text.figures.testOf} />
      ) : (
        <Figure
          name={text.figures.loss}
          value={loss(last?.validationLoss ?? run.validationLoss)}
          note={last === undefined ? null : text.figures.lossAt(last.epoch)}
        />
      )}
      <Figure name={text.figures.speed} value={integer(status.imagesPerSecond)} />
      <Figure
        name={text.figures.elapsed}
        value={duration(status.elapsedSeconds)}
        note={started === null ? null : text.figures.device(started.device, started.precision, started.threads)}
      />
      <Figure
        name={text.figures.parameters}
        value={short(run.parameters)}
        note={text.figures.layers(run.layers.length)}
      />
    </Figures>
  );
}

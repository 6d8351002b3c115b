import type { RunDetail, RunMetrics } from '../api/types';
import { Figure, Figures } from '../design/Figure';
import { duration, integer, loss, percent, short, signedPercent } from '../text/format';
import { text } from '../text/text';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';

interface FiguresProps {
  run: RunDetail;
  status: RunStatus;
  history: RunHistory;
  parent: RunMetrics['series'] | undefined;
}

const t = text.figures;

/** The key figures of a run. */
export function RunFigures({ run, status, history, parent }: FiguresProps) {
  const last = history.epochs.at(-1);
  const { started, finished } = history;
  const gap =
    last?.trainAccuracy == null || last.validationAccuracy == null
      ? null
      : last.trainAccuracy - last.validationAccuracy;
  const best = status.bestValidationAccuracy;
  const accuracies = parent?.find(({ metric }) => metric === 'validation_accuracy')?.points ?? [];
  const bestOfParent = Math.max(...accuracies.map(({ value }) => value ?? Number.NEGATIVE_INFINITY));
  return (
    <Figures label={t.label}>
      <Figure
        name={t.best}
        value={percent(status.bestValidationAccuracy)}
        note={status.bestEpoch === null ? null : t.bestAt(status.bestEpoch)}
      />
      {best !== null && Number.isFinite(bestOfParent) && (
        <Figure name={t.toParent} value={signedPercent(best - bestOfParent)} note={t.toParentOf} />
      )}
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

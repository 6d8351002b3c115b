import type { RunDetail } from '../api/types';
import { Figure, Figures } from '../design/Figure';
import { weightedLayers } from '../network/graph';
import { duration, integer, loss, percent, short, signed, signedPercent } from '../text/format';
import { text } from '../text/text';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';
import type { ParentComparison } from './parent';

interface FiguresProps {
  run: RunDetail;
  status: RunStatus;
  history: RunHistory;
  parent: ParentComparison | undefined;
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
  const losses = history.epochs.flatMap(({ validationLoss }) => validationLoss ?? []);
  const bestOfParent = parent?.bestAccuracy ?? null;
  const lossOfParent = parent?.bestLoss ?? null;
  return (
    <Figures label={t.label}>
      <Figure
        name={t.best}
        value={percent(status.bestValidationAccuracy)}
        note={status.bestEpoch === null ? null : t.bestAt(status.bestEpoch)}
      />
      {best !== null && bestOfParent !== null && (
        <Figure
          name={t.toParent}
          value={signedPercent(best - bestOfParent)}
          detail={t.toParentOf(percent(bestOfParent))}
        />
      )}
      {losses.length > 0 && lossOfParent !== null && (
        <Figure
          name={t.lossToParent}
          value={signed(Math.min(...losses) - lossOfParent, loss)}
          detail={t.lossToParentOf(loss(lossOfParent))}
        />
      )}
      {finished !== null && finished.testAccuracy !== null && (
        <Figure name={t.test} value={percent(finished.testAccuracy)} detail={t.testOf} />
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
        detail={started === null ? null : t.device(started.device, started.precision, started.threads)}
      />
      <Figure name={t.speed} value={integer(status.imagesPerSecond)} />
      <Figure
        name={t.parameters}
        value={short(run.parameters)}
        note={text.layers.graph.weighted(weightedLayers(run.layers))}
      />
    </Figures>
  );
}

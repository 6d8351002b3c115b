import type { RunDetail } from '../api/types';
import { Figure, Figures } from '../design/Figure';
import { duration, integer, loss, percent, short } from '../text/format';
import { text } from '../text/text';
import type { Present } from './view/present';
import type { RunView } from './view/runView';

interface FiguresProps {
  run: RunDetail;
  present: Present;
  view: RunView;
}

/** The numbers that people look for first. */
export function RunFigures({ run, present, view }: FiguresProps) {
  const last = view.epochs.at(-1);
  const { started, finished } = view;
  return (
    <Figures label={text.figures.label}>
      <Figure
        name={text.figures.best}
        value={percent(present.bestValidationAccuracy)}
        note={present.bestEpoch === null ? null : text.figures.bestAt(present.bestEpoch)}
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
      <Figure name={text.figures.speed} value={integer(present.imagesPerSecond)} />
      <Figure
        name={text.figures.elapsed}
        value={duration(present.elapsedSeconds)}
        note={started === null ? null : text.figures.engine(started.device, started.precision, started.threads)}
      />
      <Figure
        name={text.figures.parameters}
        value={short(run.parameters)}
        note={text.figures.layers(run.layers.length)}
      />
    </Figures>
  );
}

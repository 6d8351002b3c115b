import type { ReactNode } from 'react';
import type { RunDetail } from '../api/types';
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
export function Figures({ run, present, view }: FiguresProps) {
  const last = view.epochs.at(-1);
  const { started, finished } = view;
  return (
    <dl className="figures" aria-label={text.figures.label}>
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
      <Figure name={text.figures.speed} value={integer(present.imagesPerSecond)} note={null} />
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
    </dl>
  );
}

const Figure = ({ name, value, note }: { name: string; value: ReactNode; note: string | null }) => (
  <div className="figure">
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      {note !== null && <small>{note}</small>}
    </dd>
  </div>
);

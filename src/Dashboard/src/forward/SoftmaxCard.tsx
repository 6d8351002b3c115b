import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { StepPlayer } from '../labs/StepPlayer';
import { Formula } from '../newRun/math/Formula';
import { tick } from '../text/format';
import { forwardText } from '../text/forward';
import { softmax } from './address';
import type { ForwardPass } from './types';

const t = forwardText.prediction;

interface SoftmaxCardProps {
  pass: ForwardPass;
  /** The class that is explained. */
  label: number;
  onPick: (label: number) => void;
}

/** The softmax with its numbers: logits, powers, their sum and the probabilities. */
export function SoftmaxCard({ pass, label, onPick }: SoftmaxCardProps) {
  const { classNames, logits, probabilities } = pass;
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((before, power) => before + power, 0);
  const shown = Math.min(label, classNames.length - 1);
  const name = classNames[shown] ?? '';
  return (
    <Card title={forwardText.unit.title(softmax)} className="forward-unit">
      <Formula formula={t.formula} kind="layer" />
      <StepPlayer
        last={classNames.length - 1}
        step={shown}
        onStep={onPick}
        caption={forwardText.unit.counter(shown + 1, classNames.length)}
      />
      <p className="forward-verdict" aria-live="polite">
        {t.step(name, tick(powers[shown] ?? 0), tick(sum), tick(probabilities[shown] ?? 0))}
      </p>
      <DataTable
        label={t.explain(name)}
        rows={classNames.map((_, index) => index)}
        rowKey={(index) => index}
        rowProps={(index) => ({ 'data-chosen': index === shown ? 'true' : undefined })}
        tableClassName="forward-softmax"
        columns={[
          { name: t.name, cell: (index) => classNames[index], isRowHeader: true },
          { name: t.logit, cell: (index) => tick(logits[index] ?? 0), isNumber: true },
          { name: t.power, cell: (index) => tick(powers[index] ?? 0), isNumber: true },
          { name: t.probability, cell: (index) => tick(probabilities[index] ?? 0), isNumber: true },
        ]}
        foot={
          <tr>
            <th scope="row">{t.sum}</th>
            <td />
            <td className="num">{tick(sum)}</td>
            <td className="num">{tick(probabilities.reduce((before, one) => before + one, 0))}</td>
          </tr>
        }
      />
    </Card>
  );
}

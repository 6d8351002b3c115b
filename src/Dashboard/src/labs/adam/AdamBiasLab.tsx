import { Card } from '../../design/Card';
import { Figure, Figures } from '../../design/Figure';
import { brief, integer, tick } from '../../text/format';
import { text } from '../../text/text';
import { Answer } from '../Answer';
import { Curve } from '../Curve';
import { NumberField, TextField } from '../fields';
import type { LabProps } from '../labProps';
import { lookOf } from '../looks';
import { type LabAnswer, useLabAnswer } from '../useLab';
import '../labs.css';

const t = text.labs.adam;

/** The length of Adam's first steps with and without bias correction. */
export function AdamBiasLab({ request, onRequest }: LabProps<'adam-bias-correction'>) {
  const query = useLabAnswer('adam-bias-correction', request);
  return (
    <div className="stack">
      <Card title={text.labs.settings}>
        <div className="lab-form">
          <div className="lab-wide">
            <TextField
              label={text.labs.paths.function}
              value={request.expression ?? ''}
              onChange={(expression) => onRequest({ ...request, expression })}
            />
          </div>
          <NumberField
            label={t.rate}
            value={request.learningRate ?? 0.01}
            minimum={0}
            maximum={10}
            onChange={(learningRate) => onRequest({ ...request, learningRate })}
          />
          <NumberField
            label={t.beta1}
            value={request.beta1 ?? 0.9}
            minimum={0}
            maximum={0.999999}
            onChange={(beta1) => onRequest({ ...request, beta1 })}
          />
          <NumberField
            label={t.beta2}
            value={request.beta2 ?? 0.999}
            minimum={0}
            maximum={0.999999}
            onChange={(beta2) => onRequest({ ...request, beta2 })}
          />
          <NumberField
            label={t.steps}
            value={request.steps ?? 50}
            minimum={1}
            maximum={500}
            step={1}
            onChange={(steps) => onRequest({ ...request, steps })}
          />
        </div>
      </Card>
      <Answer query={query} heights={[96, 320]}>
        {(_, answer) => <Curves answer={answer} />}
      </Answer>
    </div>
  );
}

function Curves({ answer: { result } }: { answer: LabAnswer<'adam-bias-correction'> }) {
  const [corrected, raw] = result?.curves ?? [];
  if (result === null || corrected === undefined || raw === undefined) {
    return null;
  }
  const steps = raw.stepX.length;
  const peak = Math.max(...raw.stepX);
  const names = [t.with, t.without, t.theory] as const;
  const points = (values: readonly number[], from: number) =>
    values.map((value, index) => [index + from, value] as const);
  const x = (from: number) => ({ name: t.update, from, to: steps, isWhole: true, format: integer, tick: integer });
  return (
    <>
      <Figures label={t.curve}>
        <Figure name={t.first} value={t.times(brief(raw.stepX[0] ?? 0))} />
        <Figure name={t.peak} value={t.times(brief(peak))} note={t.at(raw.stepX.indexOf(peak) + 1)} />
      </Figures>
      <Curve
        title={t.curve}
        note={t.note}
        drawing={{
          series: [corrected.stepX, raw.stepX, result.theory].map((values, index) => ({
            id: String(index),
            name: names[index] ?? '',
            color: lookOf(index).property,
            look: 'line',
            dash: index === 2 ? [2, 3] : [],
            points: points(values, 1),
          })),
          x: x(1),
          y: { limits: [0, Number.POSITIVE_INFINITY], format: brief, tick },
        }}
      />
      <Curve
        title={t.loss}
        drawing={{
          series: [corrected, raw].map(({ value }, index) => ({
            id: String(index),
            name: names[index] ?? '',
            color: lookOf(index).property,
            look: 'line',
            points: points(value, 0),
          })),
          x: x(0),
          y: { limits: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], format: brief, tick },
        }}
      />
    </>
  );
}

import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { brief } from '../../text/format';
import { text } from '../../text/text';
import { Answer } from '../Answer';
import { NumberField, TextField } from '../fields';
import type { LabProps } from '../labProps';
import { StepPlayer } from '../StepPlayer';
import { type LabAnswer, type Labs, useLabAnswer } from '../useLab';
import { Graph } from './Graph';
import { namesIn, type Step, stepsOf } from './steps';
import '../labs.css';

const t = text.labs.backprop;

type Result = Labs['backprop-by-hand']['result'];

/** Backpropagation by hand: an expression, the values of its variables, and its graph step by step. */
export function BackpropLab({ request, onRequest, step, onStep }: LabProps<'backprop-by-hand'>) {
  const query = useLabAnswer('backprop-by-hand', request);
  const expression = request.expression ?? '';
  const variables = request.variables ?? [];
  const rename = (next: string) => {
    const known = new Map(variables.map(({ name, value }) => [name, value]));
    onRequest({
      expression: next,
      variables: namesIn(next)
        .slice(0, 12)
        .map((name) => ({ name, value: known.get(name) ?? 1 })),
    });
  };
  return (
    <div className="stack">
      <Card title={text.labs.settings}>
        <div className="lab-form">
          <div className="lab-wide">
            <TextField label={t.expression} value={expression} onChange={rename} help={t.help} />
          </div>
          {variables.map(({ name, value }) => (
            <NumberField
              key={name}
              label={name}
              value={value}
              minimum={-1e6}
              maximum={1e6}
              onChange={(next) =>
                onRequest({
                  expression,
                  variables: variables.map((one) => (one.name === name ? { name, value: next } : one)),
                })
              }
            />
          ))}
        </div>
      </Card>
      <Answer query={query} heights={[360, 160]}>
        {(result, answer) => <Film result={result} answer={answer} step={step} onStep={onStep} />}
      </Answer>
    </div>
  );
}

function Film({
  result,
  step,
  onStep,
}: {
  result: Result;
  answer: LabAnswer<'backprop-by-hand'>;
  step: number | null;
  onStep: (step: number) => void;
}) {
  const steps = stepsOf(result);
  const last = steps.length - 1;
  const at = Math.min(step ?? last, last);
  const difference = Math.max(
    0,
    ...result.variables.map(({ gradient, engineGradient }) => Math.abs(gradient - engineGradient)),
  );
  return (
    <>
      <Card
        title={t.graph}
        actions={
          <p className="lab-legend">
            <span className="lab-value">{t.legendValue}</span> <span className="lab-gradient">{t.legendGradient}</span>
          </p>
        }
      >
        <StepPlayer last={last} step={at} onStep={onStep} caption={t.counter(at, last)} />
        <Graph result={result} steps={steps} step={at} />
        <p className="lab-say" aria-live="polite">
          <Saying result={result} step={steps[at]} />
        </p>
      </Card>
      <Card title={t.gradients}>
        <DataTable
          label={t.gradients}
          rows={result.variables}
          rowKey={({ name }) => name}
          columns={[
            { name: t.variable, isRowHeader: true, cell: ({ name }) => <code>{name}</code> },
            { name: t.value, isNumber: true, cell: ({ value }) => brief(value) },
            { name: t.gradient, isNumber: true, cell: ({ gradient }) => brief(gradient) },
            { name: t.engine, isNumber: true, cell: ({ engineGradient }) => brief(engineGradient) },
          ]}
        />
        <p className="card-note">{difference < 1e-9 ? t.agree : t.differ(brief(difference))}</p>
      </Card>
    </>
  );
}

/** What happens at a step, in words and numbers. */
function Saying({ result: { nodes, steps }, step }: { result: Result; step: Step | undefined }) {
  const node = step?.kind === 'backward' ? nodes[step.edge.node] : undefined;
  switch (step?.kind) {
    case 'forward': {
      const { text: words, value } = nodes[step.node] ?? { text: '', value: 0 };
      return t.forward(words, brief(value));
    }
    case 'seed':
      return t.seed(nodes[step.node]?.text ?? '');
    case 'backward': {
      const { upstream, local, contribution, total, input } = step.edge;
      const name = nodes[input]?.text ?? '';
      const arrivals = steps.filter((edge) => edge.input === input).length;
      const rule = node === undefined ? undefined : (t.rules as Readonly<Record<string, string>>)[node.operation];
      return (
        <>
          {t.backward(brief(upstream), brief(local), brief(contribution), name)}
          {'. '}
          <span className="muted">
            {rule} {arrivals > 1 && t.sum(brief(total), name)}
          </span>
        </>
      );
    }
    default:
      return t.start;
  }
}

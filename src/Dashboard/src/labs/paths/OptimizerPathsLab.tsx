import { Button } from '../../design/Button';
import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { brief, integer, orNone, tick } from '../../text/format';
import { text } from '../../text/text';
import { Answer } from '../Answer';
import { Curve } from '../Curve';
import { NumberField, TextField } from '../fields';
import type { LabProps } from '../labProps';
import { lookOf, MarkerShape } from '../looks';
import { type ChosenOptimizer, chosenOf, optimizers, optimizerTitle } from '../optimizers';
import { StepPlayer } from '../StepPlayer';
import { type LabAnswer, type LabRequest, useLabAnswer } from '../useLab';
import { Contours } from './Contours';
import '../labs.css';

const t = text.labs.paths;
const most = 8;

type Request = LabRequest<'optimizer-paths'>;

/** Paths of optimizers over a function of two variables. */
export function OptimizerPathsLab({ request, onRequest, step, onStep }: LabProps<'optimizer-paths'>) {
  const query = useLabAnswer('optimizer-paths', request);
  return (
    <div className="stack">
      <Settings request={request} onRequest={onRequest} />
      <Answer query={query} heights={[480, 200]}>
        {(_, answer) => (
          <Film
            answer={answer}
            start={request.start ?? answer.request.start}
            step={step}
            onStep={onStep}
            onStart={(start) => onRequest({ ...request, start })}
          />
        )}
      </Answer>
    </div>
  );
}

function Settings({ request, onRequest }: { request: Request; onRequest: (request: Request) => void }) {
  const start = request.start ?? { x: 0, y: 0 };
  const chosen = (request.optimizers ?? []).map(chosenOf);
  const choose = (next: readonly ChosenOptimizer[]) => onRequest({ ...request, optimizers: [...next] });
  return (
    <Card title={text.labs.settings}>
      <div className="lab-form">
        <div className="lab-wide">
          <TextField
            label={t.function}
            value={request.expression ?? ''}
            help={text.labs.backprop.help}
            // Where its minimum is, is not known.
            onChange={(expression) => onRequest({ ...request, expression, minimum: null })}
          />
        </div>
        <NumberField
          label={t.startX}
          value={start.x}
          onChange={(x) => onRequest({ ...request, start: { ...start, x } })}
        />
        <NumberField
          label={t.startY}
          value={start.y}
          onChange={(y) => onRequest({ ...request, start: { ...start, y } })}
        />
        <NumberField
          label={t.steps}
          value={request.steps ?? 30}
          minimum={1}
          maximum={500}
          step={1}
          onChange={(steps) => onRequest({ ...request, steps })}
        />
      </div>
      <fieldset className="lab-optimizers">
        <legend>{t.optimizers}</legend>
        {chosen.map((optimizer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an optimizer has no other identity than its place.
          <div key={index} className="lab-optimizer row">
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true" style={{ color: lookOf(index).color }}>
              <MarkerShape marker={lookOf(index).marker} x={0} y={0} />
            </svg>
            <select
              aria-label={t.optimizer(index + 1)}
              value={optimizer.name}
              onChange={({ target }) => choose(chosen.with(index, chosenOf(target.value)))}
            >
              {optimizers.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
            <NumberField
              isBare
              label={t.rate(index + 1)}
              value={optimizer.learningRate}
              minimum={0}
              onChange={(learningRate) => choose(chosen.with(index, { ...optimizer, learningRate }))}
            />
            {chosen.length > 1 && (
              <Button
                small
                aria-label={t.remove(optimizerTitle(optimizer.name))}
                title={t.remove(optimizerTitle(optimizer.name))}
                onClick={() => choose(chosen.toSpliced(index, 1))}
              >
                ×
              </Button>
            )}
          </div>
        ))}
        {chosen.length < most && (
          <Button small onClick={() => choose([...chosen, chosenOf(unused(chosen))])}>
            {t.add}
          </Button>
        )}
      </fieldset>
    </Card>
  );
}

const unused = (chosen: readonly ChosenOptimizer[]): string =>
  optimizers.find(({ name }) => chosen.every((one) => one.name !== name))?.name ?? 'sgd';

interface FilmProps {
  answer: LabAnswer<'optimizer-paths'>;
  start: { x: number; y: number };
  step: number | null;
  onStep: (step: number) => void;
  onStart: (start: { x: number; y: number }) => void;
}

function Film({ answer: { request, result }, start, step, onStep, onStart }: FilmProps) {
  if (result === null) {
    return null;
  }
  const paths = result.paths.map((path, index) => ({ ...path, look: lookOf(index) }));
  const last = request.steps;
  const at = Math.min(step ?? last, last);
  const shown = (values: readonly number[]) => values[Math.min(at, values.length - 1)] ?? null;
  const smallest = Math.min(...paths.flatMap(({ value }) => value));
  return (
    <>
      <Card title={t.film}>
        <StepPlayer
          last={last}
          step={at}
          onStep={onStep}
          caption={t.counter(at, last)}
          pace={Math.max(40, 3000 / last)}
        />
        <Contours
          grid={result.grid}
          region={request.region}
          paths={paths}
          start={start}
          minimum={request.minimum}
          update={at}
          onStart={onStart}
        />
        <p className="card-note">{t.drag}</p>
      </Card>
      <Card title={t.table}>
        <DataTable
          label={t.table}
          rows={paths}
          rowKey={({ look }) => look.property}
          columns={[
            {
              name: t.name,
              isRowHeader: true,
              cell: ({ optimizer, look }) => (
                <span className="row nowrap lab-name">
                  <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" style={{ color: look.color }}>
                    <MarkerShape marker={look.marker} x={0} y={0} />
                  </svg>
                  {optimizerTitle(optimizer.name)}
                </span>
              ),
            },
            { name: t.x, isNumber: true, cell: ({ x }) => orNone(shown(x), brief) },
            { name: t.y, isNumber: true, cell: ({ y }) => orNone(shown(y), brief) },
            {
              name: t.value,
              isNumber: true,
              cell: ({ value, diverged }) =>
                diverged && at >= value.length ? t.diverged : orNone(shown(value), brief),
            },
            ...(request.minimum === null
              ? []
              : [
                  {
                    name: t.overshoot,
                    isNumber: true,
                    cell: ({ overshoot }: (typeof paths)[number]) =>
                      overshoot === null ? text.units.none : `${percentOf(overshoot.x)} / ${percentOf(overshoot.y)}`,
                  },
                  {
                    name: t.crossings,
                    isNumber: true,
                    cell: ({ overshoot }: (typeof paths)[number]) =>
                      overshoot === null ? text.units.none : `${overshoot.crossingsX} / ${overshoot.crossingsY}`,
                  },
                  {
                    name: t.distance,
                    isNumber: true,
                    cell: ({ distance, diverged }: (typeof paths)[number]) =>
                      diverged ? t.diverged : orNone(distance, brief),
                  },
                ]),
          ]}
        />
        {request.minimum !== null && <p className="card-note">{t.overshootNote}</p>}
      </Card>
      <Curve
        title={t.curve}
        drawing={{
          series: paths.map(({ optimizer, value, look }, index) => ({
            id: String(index),
            name: optimizerTitle(optimizer.name),
            color: look.property,
            look: 'line',
            dash: look.dashes,
            points: value.map((height, update) => [update, smallest > 0 || height > 0 ? height : null] as const),
          })),
          x: { name: t.updates, from: 0, to: last, isWhole: true, format: integer, tick: integer },
          y: {
            isLog: smallest > 0,
            limits: smallest > 0 ? [0, Number.POSITIVE_INFINITY] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
            format: brief,
            tick,
          },
        }}
      />
    </>
  );
}

/** A share as a whole percentage; more than 1000% has diverged. */
const percentOf = (share: number): string => (share > 10 ? '> 1000%' : `${Math.round(share * 100)}%`);

import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { Figure, Figures } from '../../design/Figure';
import { brief, integer, shape } from '../../text/format';
import { text } from '../../text/text';
import { Answer } from '../Answer';
import { NumberField, TextField } from '../fields';
import type { LabProps } from '../labProps';
import { StepPlayer } from '../StepPlayer';
import { type LabAnswer, type LabRequest, useLabAnswer } from '../useLab';
import { PixelGrid } from './PixelGrid';
import {
  type ConvolutionResult,
  type PoolKind,
  placeOf,
  resultOf,
  rowsToText,
  stepOf,
  termsOf,
  textToRows,
} from './windows';
import '../labs.css';

const t = text.labs.conv;

type Request = LabRequest<'convolution-arithmetic'>;

/** The layer of a request as the spec has it. */
interface Layer {
  readonly kind: 'conv' | 'pool';
  readonly pool?: PoolKind;
  readonly size?: number;
  readonly filters?: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly dilation?: number;
}

/** Convolution and pooling, window by window. */
export function ConvolutionLab({ request, onRequest, step, onStep }: LabProps<'convolution-arithmetic'>) {
  const query = useLabAnswer('convolution-arithmetic', request);
  return (
    <div className="stack">
      <Settings request={request} onRequest={onRequest} />
      <Answer query={query} heights={[96, 480]}>
        {(result, answer) => <Windows result={result} answer={answer} step={step} onStep={onStep} />}
      </Answer>
    </div>
  );
}

const layerOf = (value: unknown): Layer =>
  typeof value === 'object' && value !== null ? (value as Layer) : { kind: 'conv' };

function Settings({ request, onRequest }: { request: Request; onRequest: (request: Request) => void }) {
  const layer = layerOf(request.layer);
  const set = (change: Partial<Layer>) => onRequest({ ...request, layer: { ...layer, ...change } });
  const operation = layer.kind === 'pool' ? (layer.pool ?? 'max') : 'conv';
  // Other filters would not fit.
  const choose = (next: 'conv' | PoolKind) =>
    onRequest({
      ...request,
      weights: null,
      layer:
        next === 'conv'
          ? { kind: 'conv', filters: 1, kernel: 3, stride: 1, padding: 0 }
          : { kind: 'pool', pool: next, size: layer.size ?? 2 },
    });
  return (
    <Card title={text.labs.settings}>
      <div className="lab-form">
        <div className="lab-field lab-wide">
          <Choice
            label={t.operation}
            value={operation}
            options={(['conv', 'max', 'average'] as const).map((value) => ({ value, label: t.operations[value] }))}
            onChange={choose}
          />
        </div>
        {layer.kind === 'conv' ? (
          <>
            <NumberField
              label={t.filters}
              value={layer.filters ?? 1}
              minimum={1}
              maximum={16}
              step={1}
              onChange={(filters) => set({ filters })}
            />
            <NumberField
              label={t.kernel}
              value={layer.kernel ?? 3}
              minimum={1}
              maximum={11}
              step={1}
              onChange={(kernel) => set({ kernel })}
            />
            <NumberField
              label={t.stride}
              value={layer.stride ?? 1}
              minimum={1}
              maximum={8}
              step={1}
              onChange={(stride) => set({ stride })}
            />
            <NumberField
              label={t.padding}
              value={layer.padding ?? 0}
              minimum={0}
              maximum={16}
              step={1}
              onChange={(padding) => set({ padding })}
            />
            <NumberField
              label={t.dilation}
              value={layer.dilation ?? 1}
              minimum={1}
              maximum={8}
              step={1}
              onChange={(dilation) => set({ dilation })}
            />
          </>
        ) : (
          <NumberField
            label={t.window}
            value={layer.size ?? 2}
            minimum={2}
            maximum={8}
            step={1}
            onChange={(size) => set({ size })}
          />
        )}
        <NumberField
          label={t.channels}
          value={request.channels ?? 1}
          minimum={1}
          maximum={4}
          step={1}
          onChange={(channels) => onRequest({ ...request, channels, input: null, weights: null })}
        />
        {request.input == null && (
          <>
            <NumberField
              label={t.height}
              value={request.height ?? 32}
              minimum={1}
              maximum={64}
              step={1}
              onChange={(height) => onRequest({ ...request, height })}
            />
            <NumberField
              label={t.width}
              value={request.width ?? 32}
              minimum={1}
              maximum={64}
              step={1}
              onChange={(width) => onRequest({ ...request, width })}
            />
          </>
        )}
      </div>
      <details className="lab-own" open={request.input != null}>
        <summary>{t.own}</summary>
        <TextField
          isMultiline
          label={t.input}
          help={t.ownHelp}
          value={rowsToText(request.input ?? [])}
          onChange={(words) => {
            const rows = textToRows(words);
            if (rows !== null) {
              onRequest({ ...request, input: rows.length === 0 ? null : rows });
            }
          }}
        />
      </details>
    </Card>
  );
}

interface WindowsProps {
  result: ConvolutionResult;
  answer: LabAnswer<'convolution-arithmetic'>;
  step: number | null;
  onStep: (step: number) => void;
}

function Windows({ result, answer, step, onStep }: WindowsProps) {
  const layer = layerOf(answer.request.layer);
  const pool = layer.kind === 'pool' ? (layer.pool ?? 'max') : null;
  const { input, output, weights, padding, window, stride, dilation } = result;
  const [channels = 1, height = 1, width = 1] = input.shape;
  const [, rows = 1, columns = 1] = output.shape;
  const last = output.values.length - 1;
  const at = Math.min(step ?? 0, last);
  const place = placeOf(result, at);
  const terms = termsOf(result, place);
  const bias = result.bias[place.filter] ?? 0;
  const reach = dilation * (window - 1) + 1;
  const isExact = (height + 2 * padding - reach) % stride === 0 && (width + 2 * padding - reach) % stride === 0;
  const scale = Math.max(...input.values.map(Math.abs), 1e-12);
  const outScale = Math.max(...output.values.map(Math.abs), 1e-12);
  const shown = weights === null ? [place.filter] : Array.from({ length: channels }, (_, channel) => channel);
  const isWithin = (channel: number, y: number, x: number) =>
    terms.some((term) => term.channel === channel && term.y === y && term.x === x);
  return (
    <>
      <Figures label={t.size}>
        <Figure name={t.input} value={shape(input.shape)} />
        <Figure
          name={t.output}
          value={shape(output.shape)}
          note={
            <>
              {t.formula(String(height), padding, reach, stride, String(rows))}
              {width !== height && <br />}
              {width !== height && t.formula(String(width), padding, reach, stride, String(columns))}
              {!isExact && `, ${t.floor}`}
            </>
          }
        />
        <Figure name={t.parameters} value={integer(result.parameters)} note={t.parametersNote} />
        <Figure name={t.flops} value={integer(result.flops)} />
      </Figures>
      <Card title={t.windows}>
        <StepPlayer last={last} step={at} onStep={onStep} caption={t.counter(at + 1, last + 1)} pace={400} />
        <div className="conv-stage">
          <div className="conv-part">
            <h3>{t.input}</h3>
            <div className="conv-channels">
              {shown.map((channel) => (
                <figure key={channel}>
                  <PixelGrid
                    label={t.inputLabel(channel + 1)}
                    most={shown.length > 1 ? 224 : 336}
                    rows={height + 2 * padding}
                    columns={width + 2 * padding}
                    scale={scale}
                    value={(row, column) => {
                      const [y, x] = [row - padding, column - padding];
                      return y < 0 || y >= height || x < 0 || x >= width
                        ? null
                        : (input.values[(channel * height + y) * width + x] ?? 0);
                    }}
                    isMarked={(row, column) => isWithin(channel, row - padding, column - padding)}
                  />
                  {channels > 1 && <figcaption>{t.channel(channel + 1)}</figcaption>}
                </figure>
              ))}
            </div>
          </div>
          <div className="conv-part">
            <h3>{weights === null ? t.window : `${t.filterNumber(place.filter + 1)}`}</h3>
            {shown.map((channel) => (
              <Products key={channel} terms={terms.filter((term) => term.channel === channel)} window={window} />
            ))}
            {weights !== null && result.bias.length > 0 && <p className="muted">+ {t.bias(brief(bias))}</p>}
            <p className="conv-sum" aria-live="polite">
              {pool === 'max' ? t.maximum : pool === 'average' ? t.mean : t.sum} ={' '}
              <b>{brief(resultOf(terms, bias, pool))}</b>
            </p>
          </div>
          <div className="conv-part">
            <h3>{t.output}</h3>
            <PixelGrid
              label={t.outputLabel(place.filter + 1)}
              rows={rows}
              columns={columns}
              scale={outScale}
              value={(row, column) => output.values[stepOf(result, { ...place, row, column })] ?? 0}
              isHidden={(row, column) => stepOf(result, { ...place, row, column }) > at}
              isMarked={(row, column) => row === place.row && column === place.column}
              picked={[place.row, place.column]}
              onPick={(row, column) => onStep(stepOf(result, { ...place, row, column }))}
            />
            <p className="muted">{t.position(place.row + 1, place.column + 1)}</p>
          </div>
        </div>
      </Card>
    </>
  );
}

/** The pixels of a window in one channel, each times its weight. */
const Products = ({ terms, window }: { terms: ReturnType<typeof termsOf>; window: number }) => (
  <div className="conv-products" style={{ gridTemplateColumns: `repeat(${window}, auto)` }}>
    {terms.map(({ u, v, pixel, weight, isPadding }) => (
      <span
        key={v * window + u}
        className={isPadding ? 'is-padding' : undefined}
        title={isPadding ? t.zero : undefined}
      >
        {brief(pixel)}
        {weight !== null && <small>×{brief(weight)}</small>}
      </span>
    ))}
  </div>
);

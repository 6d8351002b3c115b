import { useMemo } from 'react';
import { ScrollRegion } from '../design/ScrollRegion';
import { brief, tick } from '../text/format';
import { forwardText } from '../text/forward';
import { type Frame, MapView } from './MapView';
import { NumberGrid } from './NumberGrid';
import { pictureOf, scaleOf } from './pictures';
import type { LayerOutput, UnitTerm, UnitTrace } from './types';

const t = forwardText.unit.window;

/** Larger windows are shown by their place and their result. */
const mostCells = 121;

interface WindowSumProps {
  layer: LayerOutput;
  source: LayerOutput;
  unit: UnitTrace;
}

/** The part of a sum that one input channel gives. */
interface ChannelPart {
  readonly channel: number;
  readonly terms: readonly UnitTerm[];
  readonly sum: number;
  /** The sum of this channel and those before it. */
  readonly total: number;
}

const productOf = ({ value, weight }: UnitTerm): number => value * (weight ?? 1);

export function partsOf({ terms }: Pick<UnitTrace, 'terms'>): readonly ChannelPart[] {
  const channels = [...new Set(terms.map(({ channel }) => channel))];
  let total = 0;
  return channels.map((channel) => {
    const own = terms.filter((term) => term.channel === channel);
    const sum = own.reduce((before, term) => before + productOf(term), 0);
    total += sum;
    return { channel, terms: own, sum, total };
  });
}

/** The window of a convolution in every input channel, beside the filter and the products; of a pooling in its channel. */
export function WindowSum({ layer, source, unit }: WindowSumProps) {
  const parts = useMemo(() => partsOf(unit), [unit]);
  const scale = scaleOf(source);
  const isConvolution = unit.kind === 'conv';
  const weightScale = Math.max(...unit.terms.map(({ weight }) => Math.abs(weight ?? 0)), 1e-12);
  const productScale = Math.max(...unit.terms.map((term) => Math.abs(productOf(term))), 1e-12);
  const largest = Math.max(...unit.terms.map(({ value }) => value));
  const [, height = 1, width = 1] = source.shape;
  const isPadding = ({ row, column }: UnitTerm) => row < 0 || column < 0 || row >= height || column >= width;
  const side = layer.window?.size ?? width;
  return (
    <ScrollRegion className="forward-windows scroll" label={t.pixels}>
      {parts.map(({ channel, terms, sum, total }) => {
        const picture = pictureOf(source, channel);
        const cells = terms.map((term) => ({ value: term.value, isPadding: isPadding(term) }));
        return (
          <section key={channel} className="forward-window" aria-label={t.channel(channel + 1)}>
            {picture !== null && (
              <figure>
                <MapView picture={picture} most={96} label={t.input(channel + 1)} frame={frameOf(terms)} />
                <figcaption>{t.channel(channel + 1)}</figcaption>
              </figure>
            )}
            {terms.length <= mostCells && (
              <NumberGrid
                caption={t.pixels}
                side={side}
                scale={scale}
                cells={cells.map((cell, index) => ({
                  ...cell,
                  isMarked: unit.function === 'max' && terms[index]?.value === largest,
                }))}
              />
            )}
            {isConvolution && terms.length <= mostCells && (
              <>
                <span aria-hidden="true">×</span>
                <NumberGrid
                  caption={t.weights}
                  side={side}
                  scale={weightScale}
                  cells={terms.map(({ weight }) => ({ value: weight ?? 0 }))}
                />
                <span aria-hidden="true">=</span>
                <NumberGrid
                  caption={t.products}
                  side={side}
                  scale={productScale}
                  cells={terms.map((term) => ({ value: productOf(term), isPadding: isPadding(term) }))}
                />
              </>
            )}
            {isConvolution ? (
              <dl>
                <div>
                  <dt>{t.sum}</dt>
                  <dd>{brief(sum)}</dd>
                </div>
                <div>
                  <dt>{t.total}</dt>
                  <dd>{brief(total)}</dd>
                </div>
              </dl>
            ) : (
              <p>{unit.function === 'max' ? t.maximum(tick(largest)) : t.mean(unit.termCount, tick(sum))}</p>
            )}
          </section>
        );
      })}
    </ScrollRegion>
  );
}

/** The square around the terms, which may begin in the padding. */
function frameOf(terms: readonly UnitTerm[]): Frame {
  const rows = terms.map(({ row }) => row);
  const [row, column] = [Math.min(...rows), Math.min(...terms.map((term) => term.column))];
  return { row, column, size: Math.max(...rows) - row + 1 };
}

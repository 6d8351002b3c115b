import type { KeyboardEvent, PointerEvent } from 'react';
import { classColor } from '../charts/colormap';
import { NumberField } from '../labs/fields';
import { forwardText } from '../text/forward';
import type { ForwardAddress } from './address';
import type { ForwardSample, ForwardSamples } from './types';

const t = forwardText.point;

interface PointPadProps {
  samples: ForwardSamples;
  address: ForwardAddress;
  onPoint: (point: readonly number[]) => void;
}

const side = 280;
const digits = 3;
const rounded = (value: number): number => Number(value.toFixed(digits));

/** The ends of the validation samples in each coordinate, with a margin. */
export function rangesOf(items: readonly Pick<ForwardSample, 'point'>[]): readonly (readonly [number, number])[] {
  return [0, 1].map((axis) => {
    const values = items.flatMap(({ point }) => point?.[axis] ?? []);
    const [low, high] = values.length === 0 ? [-1, 1] : [Math.min(...values), Math.max(...values)];
    const margin = (high - low) * 0.15 || 1;
    return [low - margin, high + margin] as const;
  });
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A point: typed, or moved over the plane among the validation samples. */
export function PointPad({ samples: { items, classNames }, address, onPoint }: PointPadProps) {
  const [[xLow, xHigh] = [-1, 1], [yLow, yHigh] = [-1, 1]] = rangesOf(items);
  const point = address.point ?? items.find(({ index }) => index === address.sample)?.point ?? [0, 0];
  const [x = 0, y = 0] = point;
  const across = (value: number) => ((value - xLow) / (xHigh - xLow)) * side;
  const down = (value: number) => (1 - (value - yLow) / (yHigh - yLow)) * side;
  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 1) {
      const box = event.currentTarget.getBoundingClientRect();
      onPoint([
        rounded(xLow + ((event.clientX - box.left) / box.width) * (xHigh - xLow)),
        rounded(yHigh - ((event.clientY - box.top) / box.height) * (yHigh - yLow)),
      ]);
    }
  };
  const press = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    move(event);
  };
  const key = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (arrow !== undefined) {
      event.preventDefault();
      onPoint([rounded(x + (arrow[0] * (xHigh - xLow)) / 50), rounded(y + (arrow[1] * (yHigh - yLow)) / 50)]);
    }
  };
  return (
    <div className="stack tight">
      <svg
        className="forward-plane"
        viewBox={`0 0 ${side} ${side}`}
        role="application"
        aria-label={t.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the point is moved by keys.
        tabIndex={0}
        onPointerDown={press}
        onPointerMove={move}
        onKeyDown={key}
      >
        {items.map(({ index, point: place, label }) => (
          <circle key={index} cx={across(place?.[0] ?? 0)} cy={down(place?.[1] ?? 0)} r={4} fill={classColor(label)}>
            <title>{forwardText.sample.item(index + 1, classNames[label] ?? '')}</title>
          </circle>
        ))}
        <circle className="forward-ring" cx={across(x)} cy={down(y)} r={9} />
      </svg>
      <div className="row">
        {point.map((value, axis) => (
          <NumberField
            // biome-ignore lint/suspicious/noArrayIndexKey: a coordinate is its index.
            key={axis}
            label={t.coordinate(axis + 1)}
            value={rounded(value)}
            onChange={(next) => onPoint(point.map((before, other) => (other === axis ? next : before)))}
          />
        ))}
      </div>
      <p className="card-note">{t.note}</p>
    </div>
  );
}

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { classColor } from '../charts/colormap';
import { classes } from '../design/classes';
import { NumberField } from '../labs/fields';
import { forwardText } from '../text/forward';
import type { ForwardSample, ForwardSamples } from './types';

const t = forwardText.point;

interface PointPadProps {
  samples: Pick<ForwardSamples, 'items' | 'classNames'>;
  /** Samples that are drawn. */
  items: readonly ForwardSample[];
  /** Index of the chosen sample; null for a point of one's own. */
  at: number | null;
  /** The point that is shown; null before the first answer. */
  point: readonly number[] | null;
  onPoint: (point: readonly number[]) => void;
  onSample: (index: number) => void;
}

const side = 280;
/** How near to a sample a click chooses it, and how far the pointer moves before it drags the point. */
const near = 7;
const dragged = 4;
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

/** A point: a validation sample that is clicked, or a place of the plane, typed or moved to. */
export function PointPad({ samples, items, at, point: shown, onPoint, onSample }: PointPadProps) {
  const { classNames } = samples;
  const pressed = useRef<readonly [number, number] | null>(null);
  // Whatever is listed, the plane is that of all.
  const [[xLow, xHigh] = [-1, 1], [yLow, yHigh] = [-1, 1]] = rangesOf(samples.items);
  const point = items.find(({ index }) => index === at)?.point ?? shown ?? [0, 0];
  const [x = 0, y = 0] = point;
  const across = (value: number) => ((value - xLow) / (xHigh - xLow)) * side;
  const down = (value: number) => (1 - (value - yLow) / (yHigh - yLow)) * side;
  const placeOf = (event: PointerEvent<SVGSVGElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * side, ((event.clientY - box.top) / box.height) * side];
  };
  const go = ([right, below]: readonly [number, number]) =>
    onPoint([rounded(xLow + (right / side) * (xHigh - xLow)), rounded(yHigh - (below / side) * (yHigh - yLow))]);
  const press = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    const distance = ({ point: its }: ForwardSample) =>
      Math.hypot(across(its?.[0] ?? 0) - place[0], down(its?.[1] ?? 0) - place[1]);
    const nearest = items.toSorted((one, other) => distance(one) - distance(other))[0];
    if (nearest !== undefined && distance(nearest) <= near) {
      pressed.current = place;
      onSample(nearest.index);
    } else {
      go(place);
    }
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const place = placeOf(event);
    const from = pressed.current;
    // A click on a sample that shakes a little is no drag.
    if (event.buttons === 1 && (from === null || Math.hypot(place[0] - from[0], place[1] - from[1]) > dragged)) {
      pressed.current = null;
      go(place);
    }
  };
  const release = () => {
    pressed.current = null;
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
        onPointerUp={release}
        onPointerCancel={release}
        onKeyDown={key}
      >
        {items.map(({ index, point: place, label, predicted }) => (
          <circle
            key={index}
            className={classes(label !== predicted && 'is-wrong')}
            cx={across(place?.[0] ?? 0)}
            cy={down(place?.[1] ?? 0)}
            r={4}
            fill={classColor(label)}
          >
            <title>
              {label === predicted
                ? forwardText.sample.item(index + 1, classNames[label] ?? '')
                : forwardText.sample.wrong(index + 1, classNames[label] ?? '', classNames[predicted] ?? '')}
            </title>
          </circle>
        ))}
        <circle className="forward-ring" cx={across(x)} cy={down(y)} r={9} />
      </svg>
      <ul className="row forward-legend">
        {classNames.map((name, label) => (
          <li key={name}>
            <svg viewBox="-5 -5 10 10" aria-hidden="true">
              <circle r={4} fill={classColor(label)} />
            </svg>
            {name}
          </li>
        ))}
        <li>
          <svg viewBox="-5 -5 10 10" aria-hidden="true">
            <circle className="is-wrong" r={4} fill="none" />
          </svg>
          {t.wrong}
        </li>
      </ul>
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

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../design/Button';
import { forwardText } from '../text/forward';
import { type Drawing, emptyDrawing, inkOf, paintLine, rgbaOf } from './brush';

const t = forwardText.pad;

interface DrawPadProps {
  /** Channels, height and width of the dataset's images. */
  shape: readonly number[];
  /** What is drawn already; null: nothing. */
  pixels: readonly number[] | null;
  /** After each stroke. */
  onPixels: (pixels: readonly number[] | null) => void;
}

type Position = readonly [x: number, y: number];

const arrows: Readonly<Record<string, Position>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const widest = 5;

/** Draws an image in the size of the dataset's: by pointer, or by arrow keys and space bar. */
export function DrawPad({ shape, pixels, onPixels }: DrawPadProps) {
  const [channels = 1, height = 1, width = 1] = shape;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing>(null);
  const last = useRef<Position>(null);
  const [radius, setRadius] = useState(1);
  const [color, setColor] = useState('#ffffff');
  const [cursor, setCursor] = useState<Position>([Math.floor(width / 2), Math.floor(height / 2)]);
  const id = useId();
  if (drawing.current === null) {
    drawing.current = emptyDrawing(shape);
    drawing.current.values.set(pixels ?? []);
  }
  const own = drawing.current;
  const draw = () => canvas.current?.getContext('2d')?.putImageData(new ImageData(rgbaOf(own), width, height), 0, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: later strokes draw themselves.
  useEffect(() => {
    draw();
  }, []);
  const paint = (from: Position, to: Position) => {
    paintLine(own, from, to, radius / 2, inkOf(color, channels));
    draw();
  };
  const send = () => onPixels([...own.values]);
  const positionOf = (event: PointerEvent<HTMLCanvasElement>): Position => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };
  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = positionOf(event);
    paint(last.current, last.current);
  };
  const drag = (event: PointerEvent<HTMLCanvasElement>) => {
    if (last.current !== null) {
      const next = positionOf(event);
      paint(last.current, next);
      last.current = next;
    }
  };
  const lift = () => {
    if (last.current !== null) {
      last.current = null;
      send();
    }
  };
  const key = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (arrow !== undefined) {
      event.preventDefault();
      setCursor(([x, y]) => [
        Math.min(Math.max(x + arrow[0], 0), width - 1),
        Math.min(Math.max(y + arrow[1], 0), height - 1),
      ]);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      const at: Position = [cursor[0] + 0.5, cursor[1] + 0.5];
      paint(at, at);
      send();
    }
  };
  const clear = () => {
    own.values.fill(0);
    draw();
    onPixels(null);
  };
  return (
    <div className="forward-pad stack tight">
      <div
        className="forward-paper"
        role="application"
        aria-label={t.label(height, width)}
        aria-describedby={`${id}-at`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys.
        tabIndex={0}
        onKeyDown={key}
      >
        <canvas
          ref={canvas}
          width={width}
          height={height}
          onPointerDown={press}
          onPointerMove={drag}
          onPointerUp={lift}
          onPointerCancel={lift}
        />
        <svg className="forward-marks" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <rect className="is-picked" x={cursor[0]} y={cursor[1]} width={1} height={1} />
        </svg>
      </div>
      <p id={`${id}-at`} className="visually-hidden">
        {t.at(cursor[1] + 1, cursor[0] + 1)}
      </p>
      <div className="row">
        <label className="forward-tool">
          {t.brush}
          <input
            type="range"
            min={0}
            max={widest}
            step={0.5}
            value={radius}
            onChange={(event) => setRadius(Number(event.target.value))}
          />
        </label>
        {channels === 3 && (
          <label className="forward-tool">
            {t.colour}
            <input type="color" value={color} onChange={(event) => setColor(event.target.value)} />
          </label>
        )}
        <Button
          small
          aria-pressed={color === '#000000'}
          onClick={() => setColor(color === '#000000' ? '#ffffff' : '#000000')}
        >
          {t.erase}
        </Button>
        <Button small onClick={clear}>
          {t.clear}
        </Button>
      </div>
      {pixels === null && <p className="card-note">{t.empty}</p>}
    </div>
  );
}

import { useEffect, useMemo, useRef, useState } from 'react';
import { LineArea } from '../charts/LineArea';
import { axisEnd, type Drawing } from '../charts/series';
import { loss, tick } from '../text/format';
import { text } from '../text/text';
import type { LossHistory } from './history';

const t = text.playground;

/** Often enough for the eye, and seldom enough for the chart. */
const redrawMilliseconds = 200;

const drawingOf = ({ train, validation }: LossHistory): Drawing => ({
  series: [
    { id: 'train', name: t.train, color: '--series-train', look: 'line', points: train },
    {
      id: 'validation',
      name: t.validation,
      color: '--series-validation',
      look: 'line',
      points: validation,
      dash: [6, 4],
    },
  ],
  x: {
    name: t.epochs,
    from: 0,
    to: axisEnd(train.at(-1)?.[0] ?? 0),
    format: (value) => value.toFixed(1),
    tick,
  },
  y: { limits: [0, Number.POSITIVE_INFINITY], format: loss, tick },
  isSmall: true,
});

/** The losses so far. */
export function LossChart({ history }: { history: LossHistory }) {
  const shown = useThrottled(history, redrawMilliseconds);
  const drawing = useMemo(() => drawingOf(shown), [shown]);
  return <LineArea label={t.lossLabel} className="playground-loss" drawing={drawing} />;
}

/** The newest value, at most once in an interval. */
function useThrottled<Value>(value: Value, milliseconds: number): Value {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    newest.current = value;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      setShown(newest.current);
    }, milliseconds);
  }, [value, milliseconds]);
  useEffect(
    () => () => {
      clearTimeout(timer.current ?? undefined);
      timer.current = null;
    },
    [],
  );
  return shown;
}

import { useEffect, useRef, useState } from 'react';
import { prefersReducedMotion } from '../navigation/theme';

export interface Clock {
  readonly now: number;
  readonly isRunning: boolean;
  readonly setRunning: (isRunning: boolean) => void;
  readonly moveTo: (seconds: number) => void;
}

const framesPerSecond = 20;
/** With reduced motion. */
const reducedFramesPerSecond = 1;

/** The clock of the race, initially paused; `speed` is relative to real time. */
export function useClock(end: number, speed: number, startAt: number): Clock {
  const [now, setNow] = useState(startAt);
  const [isRunning, setRunning] = useState(false);
  const exact = useRef(startAt);

  useEffect(() => {
    if (!isRunning) {
      return;
    }
    const interval = 1000 / (prefersReducedMotion() ? reducedFramesPerSecond : framesPerSecond);
    let frame = 0;
    let before = performance.now();
    let drawn = before;
    const tick = (at: number) => {
      exact.current = Math.min(exact.current + ((at - before) / 1000) * speed, end);
      before = at;
      if (exact.current >= end) {
        setNow(end);
        setRunning(false);
        return;
      }
      if (at - drawn >= interval) {
        drawn = at;
        setNow(exact.current);
      }
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [isRunning, speed, end]);

  return {
    now: Math.min(now, end),
    isRunning,
    setRunning: (next) => {
      if (next && exact.current >= end) {
        exact.current = 0;
        setNow(0);
      }
      setRunning(next);
    },
    moveTo: (seconds) => {
      exact.current = Math.min(Math.max(seconds, 0), end);
      setNow(exact.current);
    },
  };
}

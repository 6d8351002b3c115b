import { useEffect, useRef, useState } from 'react';
import { prefersLessMotion } from '../design/motion';

export interface Clock {
  readonly now: number;
  readonly isRunning: boolean;
  readonly setRunning: (isRunning: boolean) => void;
  readonly moveTo: (seconds: number) => void;
}

/** Drawing more often than this shows nothing more. */
const framesASecond = 20;
/** For people who asked for less motion the board changes in steps that can be read. */
const calmFramesASecond = 1;

/** A clock of the race that runs so many times faster than the runs did. It stands still until it is started. */
export function useClock(end: number, speed: number, startAt: number): Clock {
  const [now, setNow] = useState(startAt);
  const [isRunning, setRunning] = useState(false);
  const exact = useRef(startAt);

  useEffect(() => {
    if (!isRunning) {
      return;
    }
    const interval = 1000 / (prefersLessMotion() ? calmFramesASecond : framesASecond);
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

import { useEffect, useRef } from 'react';
import { useNow } from '../navigation/useNow';
import { duration } from '../text/format';
import { text } from '../text/text';

/** Silence of at least this long is worth a word; a trainer reports up to four times a second. */
const shortest = 8_000;
/** Silence is unusual from this many times the longest of the last pauses between events. */
const unusual = 3;
const pausesKept = 5;

/** Whether a silence, in milliseconds, is longer than the last pauses between events let expect. */
export const isSilent = (silence: number, pauses: readonly number[]): boolean =>
  silence >= Math.max(shortest, unusual * Math.max(0, ...pauses));

interface LastUpdateProps {
  /** Seq of the newest event. */
  lastSeq: number;
}

/** How long ago the last event of a running run came, once that is longer than usual. */
export function LastUpdate({ lastSeq }: LastUpdateProps) {
  const last = useRef(0);
  const pauses = useRef<number[]>([]);
  const before = useRef(-1);
  useNow(1_000);
  useEffect(() => {
    if (before.current !== lastSeq) {
      const now = performance.now();
      before.current = lastSeq;
      pauses.current = last.current === 0 ? [] : [...pauses.current, now - last.current].slice(-pausesKept);
      last.current = now;
    }
  }, [lastSeq]);
  const silence = last.current === 0 ? 0 : performance.now() - last.current;
  return isSilent(silence, pauses.current) ? (
    <span className="run-silent">{text.run.lastUpdate(duration(Math.round(silence / 1000)))}</span>
  ) : null;
}

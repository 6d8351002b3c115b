import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../design/Button';
import { prefersReducedMotion } from '../navigation/theme';
import { text } from '../text/text';

const t = text.labs.player;

interface StepPlayerProps {
  /** The last step; the first is 0. */
  last: number;
  step: number;
  onStep: (step: number) => void;
  /** Such as step 3 of 9. */
  caption: string;
  /** Milliseconds of a step while it plays. */
  pace?: number;
}

const arrows = {
  first: 'M4 3v10M13 3L6 8l7 5z',
  back: 'M11 3L4 8l7 5z',
  next: 'M5 3l7 5l-7 5z',
  last: 'M12 3v10M3 3l7 5l-7 5z',
};

const Arrow = ({ shape }: { shape: keyof typeof arrows }) => (
  <svg className="step-arrow" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={arrows[shape]} />
  </svg>
);

/** Steps forward and back, one at a time, by a slider, or by itself. The arrow keys work on the slider. */
export function StepPlayer({ last, step, onStep, caption, pace = 700 }: StepPlayerProps) {
  const [isPlaying, setPlaying] = useState(false);
  const next = useEffectEvent(() => (step < last ? onStep(step + 1) : setPlaying(false)));
  useEffect(() => {
    if (!isPlaying) {
      return;
    }
    const timer = setInterval(() => next(), pace);
    return () => clearInterval(timer);
  }, [isPlaying, pace]);
  const go = (to: number) => {
    setPlaying(false);
    onStep(Math.min(Math.max(to, 0), last));
  };
  return (
    <div className="step-player row">
      <div className="choice">
        <button type="button" aria-label={t.first} title={t.first} disabled={step === 0} onClick={() => go(0)}>
          <Arrow shape="first" />
        </button>
        <button type="button" aria-label={t.back} title={t.back} disabled={step === 0} onClick={() => go(step - 1)}>
          <Arrow shape="back" />
        </button>
        <button type="button" aria-label={t.next} title={t.next} disabled={step === last} onClick={() => go(step + 1)}>
          <Arrow shape="next" />
        </button>
        <button type="button" aria-label={t.last} title={t.last} disabled={step === last} onClick={() => go(last)}>
          <Arrow shape="last" />
        </button>
      </div>
      {!prefersReducedMotion() && (
        <Button
          small
          blocked={last === 0}
          onClick={() => {
            if (!isPlaying && step === last) {
              onStep(0);
            }
            setPlaying(!isPlaying);
          }}
        >
          {isPlaying ? t.pause : t.play}
        </Button>
      )}
      <input
        type="range"
        aria-label={t.step}
        aria-valuetext={caption}
        min={0}
        max={last}
        value={step}
        onChange={(event) => go(Number(event.target.value))}
      />
      <output>{caption}</output>
    </div>
  );
}

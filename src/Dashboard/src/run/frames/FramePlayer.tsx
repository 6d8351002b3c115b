import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../../design/Button';
import { prefersReducedMotion } from '../../navigation/theme';
import { text } from '../../text/text';
import './frames.css';

/** State of a frame player: until the user selects a frame it shows the one to start with, by default the newest. */
export function useFrames(frames: number, start: number | null = null) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const last = Math.max(frames - 1, 0);
  const frame = Math.min(chosen ?? start ?? last, last);
  return {
    frame,
    /** Whether new frames are followed. */
    isLatest: chosen === null && start === null,
    isPlaying,
    onPlay: setPlaying,
    onFrame: (next: number) => setChosen(next === last && start === null && !isPlaying ? null : next),
  };
}

interface FilmControlsProps {
  /** Number of frames. */
  frames: number;
  frame: number;
  onFrame: (frame: number) => void;
  isPlaying: boolean;
  onPlay: (isPlaying: boolean) => void;
  /** Such as epoch 3. */
  caption: string;
}

const millisecondsPerFrame = 250;

/** A slider over frames, with a play button unless the user prefers reduced motion. */
export function FramePlayer({ frames, frame, onFrame, isPlaying, onPlay, caption }: FilmControlsProps) {
  const next = useEffectEvent(() => (frame + 1 < frames ? onFrame(frame + 1) : onPlay(false)));
  useEffect(() => {
    if (!isPlaying) {
      return;
    }
    const timer = setInterval(() => next(), millisecondsPerFrame);
    return () => clearInterval(timer);
  }, [isPlaying]);

  const play = () => {
    if (!isPlaying && frame === frames - 1) {
      onFrame(0);
    }
    onPlay(!isPlaying);
  };
  return (
    <div className="frame-player row">
      {!prefersReducedMotion() && (
        <Button small onClick={play} blocked={frames < 2}>
          {isPlaying ? text.frames.pause : text.frames.play}
        </Button>
      )}
      <input
        type="range"
        aria-label={text.frames.frame}
        aria-valuetext={caption}
        min={0}
        max={Math.max(frames - 1, 0)}
        value={frame}
        onChange={(event) => {
          onPlay(false);
          onFrame(Number(event.target.value));
        }}
      />
      <output>{caption}</output>
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { prefersReducedMotion } from '../../navigation/theme';
import { text } from '../../text/text';
import './frames.css';

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
  const next = useRef(() => {});
  useEffect(() => {
    next.current = () => (frame + 1 < frames ? onFrame(frame + 1) : onPlay(false));
  });
  useEffect(() => {
    if (!isPlaying) {
      return;
    }
    const timer = setInterval(() => next.current(), millisecondsPerFrame);
    return () => clearInterval(timer);
  }, [isPlaying]);

  const play = () => {
    if (!isPlaying && frame === frames - 1) {
      onFrame(0);
    }
    onPlay(!isPlaying);
  };
  return (
    <div className="frame-player">
      {!prefersReducedMotion() && (
        <button type="button" className="button button-small" onClick={play} aria-disabled={frames < 2}>
          {isPlaying ? text.frames.pause : text.frames.play}
        </button>
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

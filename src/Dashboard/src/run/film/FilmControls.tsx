import { useEffect, useRef } from 'react';
import { prefersLessMotion } from '../../design/motion';
import { text } from '../../text/text';
import './film.css';

interface FilmControlsProps {
  /** Number of frames. */
  frames: number;
  frame: number;
  onFrame: (frame: number) => void;
  isPlaying: boolean;
  onPlay: (isPlaying: boolean) => void;
  /** What the frame is, as in epoch 3. */
  caption: string;
}

const millisecondsPerFrame = 250;

/** Moves through the frames of a film: a slider, and a button that plays it. Where less motion is wanted there is only the slider. */
export function FilmControls({ frames, frame, onFrame, isPlaying, onPlay, caption }: FilmControlsProps) {
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
    <div className="film-controls">
      {!prefersLessMotion() && (
        <button type="button" className="button button-small" onClick={play} aria-disabled={frames < 2}>
          {isPlaying ? text.film.pause : text.film.play}
        </button>
      )}
      <input
        type="range"
        aria-label={text.film.frame}
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

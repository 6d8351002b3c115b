import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../../design/Button';
import { prefersReducedMotion } from '../../navigation/theme';
import { text } from '../../text/text';
import './frames.css';

/** Frames per second. */
const paces = [1, 4, 20] as const;
type Pace = (typeof paces)[number];
/** An ended run is repeated at the slowest pace that takes no longer than this. */
const replaySeconds = 12;

interface FramesOptions {
  /** Whether the run is over. If it ends while it is watched, its film is played once in slow motion: small runs train too fast to be followed. */
  hasEnded?: boolean;
  /** The frame to start with; null: the newest. */
  start?: number | null;
}

/** State of a frame player: until the user selects a frame it shows the one to start with, else the newest. */
export function useFrames(frames: number, { hasEnded = true, start = null }: FramesOptions = {}) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [pace, setPace] = useState<Pace>(4);
  const isWatched = useRef(!hasEnded);
  const last = Math.max(frames - 1, 0);
  const frame = Math.min(chosen ?? start ?? last, last);
  useEffect(() => {
    if (hasEnded && isWatched.current && last > 1 && !prefersReducedMotion()) {
      isWatched.current = false;
      setPace(paces.find((one) => last / one <= replaySeconds) ?? 20);
      setChosen((before) => before ?? 0);
      setPlaying(true);
    }
  }, [hasEnded, last]);
  return {
    frame,
    /** Whether new frames are followed. */
    isLatest: chosen === null && start === null,
    isPlaying,
    onPlay: setPlaying,
    pace,
    onPace: setPace,
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
  pace: Pace;
  onPace: (pace: Pace) => void;
  /** Such as epoch 3. */
  caption: string;
}

/** A slider over frames; with a play button and its pace unless the user prefers reduced motion. */
export function FramePlayer({ frames, frame, onFrame, isPlaying, onPlay, pace, onPace, caption }: FilmControlsProps) {
  const next = useEffectEvent(() => (frame + 1 < frames ? onFrame(frame + 1) : onPlay(false)));
  useEffect(() => {
    if (!isPlaying) {
      return;
    }
    const timer = setInterval(() => next(), 1000 / pace);
    return () => clearInterval(timer);
  }, [isPlaying, pace]);

  const play = () => {
    if (!isPlaying && frame === frames - 1) {
      onFrame(0);
    }
    onPlay(!isPlaying);
  };
  const isStill = prefersReducedMotion();
  return (
    <div className="frame-player row">
      {!isStill && (
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
      {!isStill && (
        <select
          className="input frame-pace"
          aria-label={text.frames.pace}
          value={pace}
          onChange={({ target: { value } }) => onPace(paces.find((one) => String(one) === value) ?? 4)}
        >
          {paces.map((one) => (
            <option key={one} value={one}>
              {text.frames.perSecond(one)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

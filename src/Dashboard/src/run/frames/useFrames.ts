import { useState } from 'react';

/** State of a frame player: it shows the newest frame until the user selects another. */
export function useFrames(frames: number) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const last = Math.max(frames - 1, 0);
  const frame = chosen === null ? last : Math.min(chosen, last);
  return {
    frame,
    isPlaying,
    onPlay: setPlaying,
    onFrame: (next: number) => setChosen(next === last && !isPlaying ? null : next),
  };
}

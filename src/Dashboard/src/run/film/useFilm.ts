import { useState } from 'react';

/** The frame that is shown; the newest one, until a person chooses another. */
export function useFilm(frames: number) {
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

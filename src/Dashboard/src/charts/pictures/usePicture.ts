import { useCallback, useRef } from 'react';
import type { Picture } from './picture';

/** Where a chart leaves the way to take its picture, and where a button takes it. */
export function usePicture(): readonly [take: () => Picture | null, keep: (picture: Picture | null) => void] {
  const picture = useRef<Picture | null>(null);
  const take = useCallback(() => picture.current, []);
  const keep = useCallback((next: Picture | null) => {
    picture.current = next;
  }, []);
  return [take, keep];
}

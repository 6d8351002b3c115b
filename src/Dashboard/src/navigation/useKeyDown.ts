import { useEffect, useEffectEvent } from 'react';

/** Handles the keys pressed anywhere on the page. */
export function useKeyDown(handle: (event: KeyboardEvent) => void): void {
  const press = useEffectEvent(handle);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

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

/** Handles single keys: without a modifier, not while typing or in a dialog, and not those that something else handled. */
export function useShortcuts(handle: (event: KeyboardEvent, target: Element | null) => void): void {
  useKeyDown((event) => {
    const target = event.target instanceof Element ? event.target : null;
    const isTyping = target?.closest('input:not([type=checkbox]), textarea, select, dialog') != null;
    if (!isTyping && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey) {
      handle(event, target);
    }
  });
}

/** The event of the window that opens the list of shortcuts. */
export const shortcutsWanted = 'trainyard:shortcuts';

export const showShortcuts = (): void => {
  window.dispatchEvent(new Event(shortcutsWanted));
};

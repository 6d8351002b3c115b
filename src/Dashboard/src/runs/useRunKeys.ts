import { useEffect, useRef } from 'react';

export interface RunKeys {
  next: () => void;
  previous: () => void;
  select: () => void;
  search: () => void;
  create: () => void;
  clear: () => void;
  help: () => void;
}

const keys: Readonly<Record<string, keyof RunKeys>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  x: 'select',
  '/': 'search',
  n: 'create',
  Escape: 'clear',
  '?': 'help',
};

/** Shortcuts of the run table. Inactive while typing or in a dialog; arrow keys only while a row has the focus. */
export function useRunKeys(actions: RunKeys): void {
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const action = keys[event.key];
      const target = event.target instanceof Element ? event.target : null;
      const isTyping = target?.closest('input:not([type=checkbox]), textarea, select, dialog') != null;
      const isArrow = event.key.startsWith('Arrow');
      if (
        action === undefined ||
        isTyping ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        (isArrow && target?.closest('[data-index]') == null)
      ) {
        return;
      }
      event.preventDefault();
      newest.current[action]();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** The index of the focused row; -1 without one. */
export const focusedRow = (): number => {
  const index = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index;
  return index === undefined ? -1 : Number(index);
};

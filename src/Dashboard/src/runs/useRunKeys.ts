import { useShortcuts } from '../navigation/useKeyDown';

export interface RunKeys {
  next: () => void;
  previous: () => void;
  select: () => void;
  search: () => void;
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
  Escape: 'clear',
  '?': 'help',
};

/** Shortcuts of the run table; arrow keys only while a row has the focus. */
export function useRunKeys(actions: RunKeys): void {
  useShortcuts((event, target) => {
    const action = keys[event.key];
    const isIdle = event.key.startsWith('Arrow') && target?.closest('[data-index]') == null;
    if (action !== undefined && !isIdle) {
      event.preventDefault();
      actions[action]();
    }
  });
}

/** The index of the focused row; -1 without one. */
export const focusedRow = (): number => {
  const index = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index;
  return index === undefined ? -1 : Number(index);
};

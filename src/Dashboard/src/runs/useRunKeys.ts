import { useKeyDown } from '../navigation/useKeyDown';

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
  useKeyDown((event) => {
    const action = keys[event.key];
    const target = event.target instanceof Element ? event.target : null;
    const isTyping = target?.closest('input:not([type=checkbox]), textarea, select, dialog') != null;
    const isIdle = event.key.startsWith('Arrow') && target?.closest('[data-index]') == null;
    if (action !== undefined && !isTyping && !isIdle && !event.ctrlKey && !event.metaKey && !event.altKey) {
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

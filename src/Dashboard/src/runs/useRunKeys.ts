import { useShortcuts } from '../navigation/useKeyDown';

export interface RunKeys {
  next: () => void;
  previous: () => void;
  select: () => void;
  search: () => void;
  clear: () => void;
}

const keys: Readonly<Record<string, keyof RunKeys>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  x: 'select',
  '/': 'search',
  Escape: 'clear',
};

/** The rows of runs and, where these are grouped, of the groups. */
const rows = 'table.runs > tbody > tr';

/** Shortcuts of the run table; arrow keys only while a row has the focus. */
export function useRunKeys(actions: RunKeys): void {
  useShortcuts((event, target) => {
    const action = keys[event.key];
    const isIdle = event.key.startsWith('Arrow') && target?.closest(rows) == null;
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

/** Selects the run of the focused row, or deselects it. */
export const selectFocused = (): void =>
  document.activeElement?.closest(rows)?.querySelector<HTMLElement>('.run-select input')?.click();

/** Moves the focus by a row where all rows are rendered: to the name of a run, or to the button that opens a group. */
export function moveInRows(by: 1 | -1): void {
  const places = [...document.querySelectorAll<HTMLElement>(`${rows} :is(.group-toggle, .run-name a)`)];
  const focused = document.activeElement?.closest(rows);
  const current = places.findIndex((place) => place.closest(rows) === focused);
  places[Math.min(Math.max(current + by, 0), places.length - 1)]?.focus();
}

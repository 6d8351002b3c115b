import { useCallback, useSyncExternalStore } from 'react';
import { usePrinting } from './printing';

/** The chosen theme; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'trainyard.theme';
const choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const getChoice = (): ThemeChoice => {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
};

/** Switches to the next theme: system, light, dark, system. */
export function nextTheme(): void {
  const choice = choices[(choices.indexOf(getChoice()) + 1) % choices.length] ?? 'system';
  if (choice === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = choice;
  }
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
  for (const listener of listeners) {
    listener();
  }
}

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, getChoice);

/** Whether a media query applies. */
export function useMedia(query: string): boolean {
  const follow = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(follow, () => window.matchMedia(query).matches);
}

/** The theme in effect, for what cannot use the style sheet; paper is light. */
export function useTheme(): 'light' | 'dark' {
  const choice = useThemeChoice();
  const prefersDark = useMedia('(prefers-color-scheme: dark)');
  const isPrinting = usePrinting();
  const theme = choice === 'system' ? (prefersDark ? 'dark' : 'light') : choice;
  return isPrinting ? 'light' : theme;
}

/** Whether the user asked for reduced motion. */
export const prefersReducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

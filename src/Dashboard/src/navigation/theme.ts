import { useSyncExternalStore } from 'react';

/** The chosen theme; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'trainyard.theme';
const choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const listeners = new Set<() => void>();
const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const media = prefersDark();
  listeners.add(listener);
  media.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener('change', listener);
  };
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

/** The theme in effect, for canvases, which cannot use the style sheet. */
export const useTheme = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () => {
    const choice = getChoice();
    return choice === 'system' ? (prefersDark().matches ? 'dark' : 'light') : choice;
  });

/** Whether a media query applies. */
export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );

/** Whether the user asked for reduced motion. */
export const prefersReducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

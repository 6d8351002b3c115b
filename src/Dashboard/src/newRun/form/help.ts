import { useSyncExternalStore } from 'react';

/** What the focused field is about. */
export interface FieldHelp {
  readonly label: string;
  readonly text: string;
  readonly notes: string;
}

let current: FieldHelp | null = null;
const listeners = new Set<() => void>();

/** Shows the help of a field, or none. Outside of React's state, so that a change of focus draws nothing but the help. */
export function showHelp(help: FieldHelp | null): void {
  current = help;
  for (const listener of listeners) {
    listener();
  }
}

export const useShownHelp = (): FieldHelp | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

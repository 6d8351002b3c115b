import { useSyncExternalStore } from 'react';

/** Whether the page is being printed. The style sheet follows `data-printing` of the root element, which has the width of paper before charts are drawn for it. */
const listeners = new Set<() => void>();

const isPrinting = (): boolean => 'printing' in document.documentElement.dataset;

function set(on: boolean): void {
  document.documentElement.toggleAttribute('data-printing', on);
  for (const listener of listeners) {
    listener();
  }
}

window.addEventListener('beforeprint', () => set(true));
window.addEventListener('afterprint', () => set(false));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePrinting = (): boolean => useSyncExternalStore(subscribe, isPrinting);

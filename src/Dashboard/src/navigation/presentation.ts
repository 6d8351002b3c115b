import { useSyncExternalStore } from 'react';

/** Presentation mode: large type and nothing but the page's content, for a projector. The style sheet follows `data-presenting` of the root element. */
const listeners = new Set<() => void>();

const isPresenting = (): boolean => 'presenting' in document.documentElement.dataset;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePresenting = (): boolean => useSyncExternalStore(subscribe, isPresenting);

/** Begins or ends the presentation. Where the browser permits, it fills the screen. */
export function setPresenting(on: boolean): void {
  if (on === isPresenting()) {
    return;
  }
  const { documentElement: root } = document;
  if (on) {
    root.dataset.presenting = '';
    // Refused without a gesture of the user, or by an embedding page.
    void root.requestFullscreen?.().catch(() => undefined);
  } else {
    delete root.dataset.presenting;
    if (document.fullscreenElement === root) {
      void document.exitFullscreen().catch(() => undefined);
    }
  }
  for (const listener of listeners) {
    listener();
  }
}

import { useSyncExternalStore } from 'react';

/** Whether the browser shows a notification when a run ends: a choice of this browser, made with a click. */
export type NotifyChoice = 'off' | 'on' | 'blocked' | 'unsupported';

const key = 'trainyard.notify';
const listeners = new Set<() => void>();
let isOn = read();

function read(): boolean {
  try {
    return localStorage.getItem(key) === 'on';
  } catch {
    return false;
  }
}

// A page that is not served from https or localhost has none.
const isSupported = () => 'Notification' in globalThis && globalThis.isSecureContext !== false;

const getChoice = (): NotifyChoice =>
  !isSupported()
    ? 'unsupported'
    : Notification.permission === 'denied'
      ? 'blocked'
      : isOn && Notification.permission === 'granted'
        ? 'on'
        : 'off';

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useNotifyChoice = (): NotifyChoice => useSyncExternalStore(subscribe, getChoice);

/** Switches notifications on or off; asks the browser for permission the first time. */
export async function toggleNotify(): Promise<void> {
  const wanted = getChoice() !== 'on';
  if (wanted && Notification.permission === 'default') {
    await Notification.requestPermission();
  }
  isOn = wanted && Notification.permission === 'granted';
  try {
    localStorage.setItem(key, isOn ? 'on' : 'off');
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
  for (const listener of listeners) {
    listener();
  }
}

/** Shows a notification, if they are on. The same tag replaces the one of another tab. */
export function notifyBrowser(title: string, body: string, tag: string, onClick: () => void): void {
  if (getChoice() !== 'on') {
    return;
  }
  try {
    const notification = new Notification(title, { body, tag, icon: '/icon.svg' });
    notification.onclick = () => {
      window.focus();
      onClick();
      notification.close();
    };
  } catch {
    // Chrome on Android offers notifications only to service workers.
  }
}

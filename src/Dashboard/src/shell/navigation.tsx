import { type AnchorHTMLAttributes, type MouseEvent, useCallback, useMemo, useSyncExternalStore } from 'react';

/** The address is the view's state: pages read it, and change it through here. */
const changed = 'trainyard:navigate';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(changed, listener);
  };
}

export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  window.history[replace ? 'replaceState' : 'pushState'](null, '', to);
  window.dispatchEvent(new Event(changed));
}

export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname);

/** The query part of the address, and the way to change it; a change replaces the entry in the history. */
export function useSearch(): [URLSearchParams, (change: (search: URLSearchParams) => void) => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const parsed = useMemo(() => new URLSearchParams(search), [search]);
  const update = useCallback((change: (search: URLSearchParams) => void) => {
    const next = new URLSearchParams(window.location.search);
    change(next);
    const query = next.toString();
    navigate(query === '' ? window.location.pathname : `${window.location.pathname}?${query}`, { replace: true });
  }, []);
  return [parsed, update];
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

/** A link within the dashboard: no reload, but everything else that a link can do. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (isPlainClick(event)) {
          event.preventDefault();
          navigate(href);
          window.scrollTo(0, 0);
        }
      }}
    />
  );
}

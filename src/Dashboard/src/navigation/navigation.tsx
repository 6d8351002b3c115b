import { type AnchorHTMLAttributes, type MouseEvent, useCallback, useMemo, useSyncExternalStore } from 'react';

/** The view's state lives in the URL: pages read and change it through this module. */
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

/** The query parameters, and a function that changes them; a change replaces the entry in the history. */
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

/** The address of the comparison, or of the replay, of some runs. */
export const addressOf = (page: '/compare' | '/replay', runs: readonly string[]): string =>
  runs.length === 0 ? page : `${page}?${runs.map((id) => `run=${id}`).join('&')}`;

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

/** One query parameter and its setter; null removes it. */
export function useParam(name: string): [string | null, (value: string | null) => void] {
  const [search, update] = useSearch();
  const set = useCallback(
    (value: string | null) => update((params) => (value === null ? params.delete(name) : params.set(name, value))),
    [name, update],
  );
  return [search.get(name), set];
}

/** A link within the dashboard, followed without a reload. */
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

import { useCallback } from 'react';
import { useSearch } from '../../shell/navigation';

/** One value of the address, and the way to change it; null takes it out. */
export function useParam(name: string): [string | null, (value: string | null) => void] {
  const [search, update] = useSearch();
  const set = useCallback(
    (value: string | null) => update((params) => (value === null ? params.delete(name) : params.set(name, value))),
    [name, update],
  );
  return [search.get(name), set];
}

/** Whether a card shows its chart or its numbers; kept in the address. */
export function useCardView(card: string): ['chart' | 'table', (view: 'chart' | 'table') => void] {
  const [value, set] = useParam(card);
  return [value === 'table' ? 'table' : 'chart', (next) => set(next === 'table' ? next : null)];
}

const most = 50;

/** Ids that this browser waits for, kept over a reload. */
export interface Watched {
  readonly ids: () => ReadonlySet<string>;
  readonly watch: (id: string) => void;
  /** Forgets an id; whether it was waited for. */
  readonly unwatch: (id: string) => boolean;
}

export function watchedIds(key: string): Watched {
  const watched = new Set(read(key));
  /** What other tabs have written since is kept. */
  const write = (change: (stored: Set<string>) => void) => {
    try {
      const stored = new Set(read(key));
      change(stored);
      localStorage.setItem(key, JSON.stringify([...stored].slice(-most)));
    } catch {
      // Storage is blocked: they are known until the page is closed.
    }
  };
  return {
    ids: () => watched,
    watch: (id) => {
      if (!watched.has(id)) {
        watched.add(id);
        write((stored) => stored.add(id));
      }
    },
    unwatch: (id) => {
      const was = watched.delete(id);
      if (was) {
        write((stored) => stored.delete(id));
      }
      return was;
    },
  };
}

function read(key: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** The runs that this browser waits for: those whose page was open before they ended. They are kept over a reload. */
const key = 'trainyard.watched';
const most = 50;

function read(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

const watched = new Set(read());

function write(): void {
  try {
    localStorage.setItem(key, JSON.stringify([...watched].slice(-most)));
  } catch {
    // Storage is blocked: the runs are known until the page is closed.
  }
}

export const watchedRuns = (): ReadonlySet<string> => watched;

export function watchRun(id: string): void {
  if (!watched.has(id)) {
    watched.add(id);
    write();
  }
}

/** Whether the run was waited for. */
export function unwatchRun(id: string): boolean {
  const was = watched.delete(id);
  if (was) {
    write();
  }
  return was;
}

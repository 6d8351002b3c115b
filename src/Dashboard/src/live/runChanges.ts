import type { RunSummary } from '../api/types';

/** What the hub tells of all runs (stream `WatchRunChanges`). The first item is empty and says that watching began. */
export interface RunChanges {
  readonly changed: readonly RunSummary[];
  /** Ids of runs that are gone. */
  readonly deleted: readonly string[];
  /** The service was deaf for a moment: what was read before may lack something. */
  readonly missed: boolean;
}

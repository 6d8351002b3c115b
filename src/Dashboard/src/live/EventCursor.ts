interface Sequenced {
  seq: number;
}

/** The new entries in order, and whether entries are missing after them. */
export interface Accepted<Entry> {
  fresh: readonly Entry[];
  gap: boolean;
}

/**
 * Position in the events of a run. It accepts each entry once and in order, so that a point is never drawn twice and a gap is always
 * noticed.
 */
export class EventCursor {
  private seq: number;
  private gapAt = -1;
  private repeats = 0;

  constructor(after: number) {
    this.seq = after;
  }

  /** Seq of the newest accepted entry. */
  get last(): number {
    return this.seq;
  }

  accept<Entry extends Sequenced>(entries: readonly Entry[]): Accepted<Entry> {
    const fresh: Entry[] = [];
    for (const entry of entries) {
      if (entry.seq <= this.seq) {
        continue;
      }
      if (entry.seq > this.seq + 1 && !this.isLost()) {
        return { fresh, gap: true };
      }
      fresh.push(entry);
      this.seq = entry.seq;
    }
    return { fresh, gap: false };
  }

  /** After three repeats of the same gap the entries no longer exist in the store: continue without them. */
  private isLost(): boolean {
    if (this.gapAt !== this.seq) {
      this.gapAt = this.seq;
      this.repeats = 0;
    }
    return ++this.repeats > 3;
  }
}

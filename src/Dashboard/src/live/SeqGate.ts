interface Numbered {
  seq: number;
}

/** What a gate lets through: the new entries in order, and whether entries are missing after them. */
export interface Admitted<Entry> {
  fresh: readonly Entry[];
  gap: boolean;
}

/**
 * Lets each entry of a run through once and in order. The hub promises this; the gate holds it to the promise, so that a point is never
 * drawn twice and a missing one is never passed over in silence.
 */
export class SeqGate {
  private seq: number;
  private stuckAt = -1;
  private asked = 0;

  constructor(after: number) {
    this.seq = after;
  }

  /** Seq of the newest entry that went through. */
  get last(): number {
    return this.seq;
  }

  admit<Entry extends Numbered>(entries: readonly Entry[]): Admitted<Entry> {
    const fresh: Entry[] = [];
    for (const entry of entries) {
      if (entry.seq <= this.seq) {
        continue;
      }
      if (entry.seq > this.seq + 1 && !this.isGivenUp()) {
        return { fresh, gap: true };
      }
      fresh.push(entry);
      this.seq = entry.seq;
    }
    return { fresh, gap: false };
  }

  /** After three repeats that begin with the same gap the entries are gone from the store: go on without them. */
  private isGivenUp(): boolean {
    if (this.stuckAt !== this.seq) {
      this.stuckAt = this.seq;
      this.asked = 0;
    }
    return ++this.asked > 3;
  }
}

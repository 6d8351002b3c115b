import { describe, expect, it } from 'vitest';
import { EventCursor } from './EventCursor';

const seqs = (...numbers: number[]) => numbers.map((seq) => ({ seq }));

describe('EventCursor', () => {
  it('accepts entries in order, once', () => {
    const cursor = new EventCursor(0);
    expect(cursor.accept(seqs(1, 2)).fresh).toEqual(seqs(1, 2));
    expect(cursor.accept(seqs(2, 3, 3)).fresh).toEqual(seqs(3));
    expect(cursor.last).toBe(3);
  });

  it('starts after the known position', () => {
    const cursor = new EventCursor(7);
    expect(cursor.accept(seqs(6, 7, 8))).toEqual({ fresh: seqs(8), gap: false });
  });

  it('stops at a gap and keeps its position before it', () => {
    const cursor = new EventCursor(0);
    expect(cursor.accept(seqs(1, 2, 5, 6))).toEqual({ fresh: seqs(1, 2), gap: true });
    expect(cursor.last).toBe(2);
    expect(cursor.accept(seqs(3, 4, 5))).toEqual({ fresh: seqs(3, 4, 5), gap: false });
  });

  it('continues without entries that are missing in three repeats', () => {
    const cursor = new EventCursor(2);
    for (let repeat = 0; repeat < 3; repeat++) {
      expect(cursor.accept(seqs(5))).toEqual({ fresh: [], gap: true });
    }
    expect(cursor.accept(seqs(5, 6))).toEqual({ fresh: seqs(5, 6), gap: false });
  });

  it('counts the repeats of each gap', () => {
    const cursor = new EventCursor(0);
    cursor.accept(seqs(2));
    cursor.accept(seqs(1));
    expect(cursor.accept(seqs(4)).gap).toBe(true);
  });
});

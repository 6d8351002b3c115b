import { describe, expect, it } from 'vitest';
import { SeqGate } from './SeqGate';

const seqs = (...numbers: number[]) => numbers.map((seq) => ({ seq }));

describe('SeqGate', () => {
  it('lets entries in order through, once', () => {
    const gate = new SeqGate(0);
    expect(gate.admit(seqs(1, 2)).fresh).toEqual(seqs(1, 2));
    expect(gate.admit(seqs(2, 3, 3)).fresh).toEqual(seqs(3));
    expect(gate.last).toBe(3);
  });

  it('starts after what is known', () => {
    const gate = new SeqGate(7);
    expect(gate.admit(seqs(6, 7, 8))).toEqual({ fresh: seqs(8), gap: false });
  });

  it('stops at a gap and keeps its place before it', () => {
    const gate = new SeqGate(0);
    expect(gate.admit(seqs(1, 2, 5, 6))).toEqual({ fresh: seqs(1, 2), gap: true });
    expect(gate.last).toBe(2);
    expect(gate.admit(seqs(3, 4, 5))).toEqual({ fresh: seqs(3, 4, 5), gap: false });
  });

  it('goes on without entries that three repeats did not bring', () => {
    const gate = new SeqGate(2);
    for (let repeat = 0; repeat < 3; repeat++) {
      expect(gate.admit(seqs(5))).toEqual({ fresh: [], gap: true });
    }
    expect(gate.admit(seqs(5, 6))).toEqual({ fresh: seqs(5, 6), gap: false });
  });

  it('asks anew at another gap', () => {
    const gate = new SeqGate(0);
    gate.admit(seqs(2));
    gate.admit(seqs(1));
    expect(gate.admit(seqs(4)).gap).toBe(true);
  });
});

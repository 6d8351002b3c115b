import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEventEntry } from '../api/types';
import { type ScriptedHub, scriptedConnection } from '../testing/ScriptedHub';
import { entry, progress } from '../testing/samples';
import { followRun } from './followRun';
import type { LiveConnection } from './LiveConnection';

let hub: ScriptedHub;
let connection: LiveConnection;
let received: RunEventEntry[];
let groups: number;

const batch = (...seqs: number[]) => seqs.map((seq) => entry(seq, progress(seq)));
const settle = (milliseconds = 150) => vi.advanceTimersByTimeAsync(milliseconds);
const follow = (afterSeq = 0) =>
  followRun(connection, {
    runId: 'run',
    afterSeq,
    onEntries: (entries) => {
      received.push(...entries);
      groups++;
    },
  });

beforeEach(async () => {
  vi.useFakeTimers();
  ({ hub, connection } = scriptedConnection());
  received = [];
  groups = 0;
  connection.start();
  await settle();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('followRun', () => {
  it('subscribes after the newest known entry', () => {
    follow(41);
    expect(hub.newest('Subscribe').args).toEqual(['run', 41]);
  });

  it('delivers entries in groups', async () => {
    follow();
    hub.newest('Subscribe').send(batch(1, 2));
    hub.newest('Subscribe').send(batch(3));
    await settle();
    expect(received.map((one) => one.seq)).toEqual([1, 2, 3]);
    expect(groups).toBe(1);
  });

  it('continues after the last entry when the connection was lost, without duplicates', async () => {
    follow();
    hub.newest('Subscribe').send(batch(1, 2, 3));
    hub.drop();
    await settle(1_000);
    expect(hub.newest('Subscribe').args).toEqual(['run', 3]);
    hub.newest('Subscribe').send(batch(2, 3, 4));
    await settle();
    expect(received.map((one) => one.seq)).toEqual([1, 2, 3, 4]);
  });

  it('subscribes again when entries are missing', async () => {
    follow();
    hub.newest('Subscribe').send(batch(1, 2));
    hub.newest('Subscribe').send(batch(4, 5));
    expect(hub.newest('Subscribe').args).toEqual(['run', 2]);
    hub.newest('Subscribe').send(batch(3, 4, 5));
    await settle();
    expect(received.map((one) => one.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('delivers pending entries when it is stopped', () => {
    const stop = follow();
    hub.newest('Subscribe').send(batch(1));
    stop();
    expect(received).toHaveLength(1);
    expect(hub.newest('Subscribe').isOpen()).toBe(false);
  });
});

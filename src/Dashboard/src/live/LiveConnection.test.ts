import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedHub } from '../testing/ScriptedHub';
import { reconnectDelay } from './backoff';
import { LiveConnection } from './LiveConnection';

let hub: ScriptedHub;
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  hub = new ScriptedHub();
  connection = new LiveConnection(hub);
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

describe('LiveConnection', () => {
  it('is live once the service has answered', async () => {
    expect(connection.getStatus()).toBe('connecting');
    connection.start();
    await settle();
    expect(connection.getStatus()).toBe('live');
  });

  it('tells a first connect that takes long as offline, and still gets there', async () => {
    hub.reachable = false;
    connection.start();
    await settle(30_000);
    expect(connection.getStatus()).toBe('offline');
    hub.reachable = true;
    await settle(10_000);
    expect(connection.getStatus()).toBe('live');
  });

  it('reconnects after a loss, by way of reconnecting and offline', async () => {
    connection.start();
    await settle();
    const seen: string[] = [];
    connection.subscribe(() => seen.push(connection.getStatus()));
    hub.reachable = false;
    hub.drop();
    await settle(30_000);
    hub.reachable = true;
    await settle(10_000);
    expect(seen).toEqual(['reconnecting', 'offline', 'live']);
  });

  it('does not wait when it is told to try now', async () => {
    hub.reachable = false;
    connection.start();
    await settle(60_000);
    hub.reachable = true;
    connection.tryNow();
    await settle();
    expect(connection.getStatus()).toBe('live');
  });

  it('reopens a stream with fresh arguments after a loss', async () => {
    let last = 0;
    connection.open<number>({ method: 'Count', args: () => [last], onItem: (item) => (last = item) });
    connection.start();
    await settle();
    hub.newest('Count').send(5);
    hub.drop();
    await settle(1_000);
    expect(hub.opened.map((stream) => stream.args)).toEqual([[0], [5]]);
  });

  it('does not hear a stream that it has closed or replaced', async () => {
    const items: number[] = [];
    const handle = connection.open<number>({ method: 'Count', args: () => [], onItem: (item) => items.push(item) });
    connection.start();
    await settle();
    const first = hub.newest('Count');
    handle.reopen();
    first.send(1);
    const second = hub.newest('Count');
    second.send(2);
    handle.close();
    second.send(3);
    expect(items).toEqual([2]);
    expect(second.isOpen()).toBe(false);
  });

  it('does not reopen a stream that is complete', async () => {
    connection.open<number>({ method: 'Count', args: () => [], onItem: () => {} });
    connection.start();
    await settle();
    hub.newest('Count').complete();
    hub.drop();
    await settle(10_000);
    expect(connection.getStatus()).toBe('live');
    expect(hub.opened).toHaveLength(1);
  });

  it('asks again when the service refuses a stream, while the connection holds', async () => {
    connection.open<number>({ method: 'Count', args: () => [], onItem: () => {} });
    connection.start();
    await settle();
    hub.newest('Count').fail(new Error('database away'));
    await settle(5_000);
    expect(hub.opened).toHaveLength(2);
    expect(hub.starts).toBe(1);
  });

  it('rests after stop', async () => {
    connection.start();
    await settle();
    await connection.stop();
    hub.drop();
    await settle(60_000);
    expect(hub.starts).toBe(1);
  });
});

describe('reconnectDelay', () => {
  it('grows from a quarter second to five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => reconnectDelay(attempt, 0))).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000,
    ]);
  });

  it('is spread by up to a fifth', () => {
    expect(reconnectDelay(6, 1)).toBe(6_000);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ScriptedHub, scriptedConnection } from '../testing/ScriptedHub';
import { type LiveConnection, reconnectDelay } from './LiveConnection';

let hub: ScriptedHub;
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  ({ hub, connection } = scriptedConnection());
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

describe('LiveConnection', () => {
  it('is live after the first start', async () => {
    expect(connection.getStatus()).toBe('connecting');
    connection.start();
    await settle();
    expect(connection.getStatus()).toBe('live');
  });

  it('retries the first start, and reports offline when it takes long', async () => {
    hub.reachable = false;
    connection.start();
    await settle(30_000);
    expect(connection.getStatus()).toBe('offline');
    hub.reachable = true;
    await settle(10_000);
    expect(connection.getStatus()).toBe('live');
  });

  it('reports reconnecting, then offline, then live after a loss', async () => {
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
    expect(hub.starts).toBe(1);
  });

  it('starts again when the service closes the connection for good', async () => {
    connection.start();
    await settle();
    hub.close();
    expect(connection.getStatus()).toBe('reconnecting');
    await settle(1_000);
    expect(connection.getStatus()).toBe('live');
    expect(hub.starts).toBe(2);
  });

  it.each(['first start', 'reconnect'])('does not wait for the next %s after tryNow', async (what) => {
    if (what === 'reconnect') {
      connection.start();
      await settle();
      hub.reachable = false;
      hub.drop();
    } else {
      hub.reachable = false;
      connection.start();
    }
    await settle(60_000);
    hub.reachable = true;
    connection.tryNow();
    await settle();
    expect(connection.getStatus()).toBe('live');
  });

  it('reconnects as soon as the browser reports that the network is gone', async () => {
    connection.start();
    await settle();
    hub.reachable = false;
    connection.networkLost();
    expect(connection.getStatus()).toBe('reconnecting');
    await settle(1_000);
    expect(connection.getStatus()).toBe('reconnecting');
    hub.reachable = true;
    await settle(10_000);
    expect(connection.getStatus()).toBe('live');
  });

  it('subscribes a stream again with fresh arguments after a loss', async () => {
    let last = 0;
    connection.open<number>({ method: 'Count', args: () => [last], onItem: (item) => (last = item) });
    connection.start();
    await settle();
    hub.newest('Count').send(5);
    hub.drop();
    await settle(10_000);
    expect(hub.opened.map((stream) => stream.args)).toEqual([[0], [5]]);
  });

  it('ignores items of a stream that was closed or replaced', async () => {
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

  it('does not subscribe a completed stream again', async () => {
    connection.open<number>({ method: 'Count', args: () => [], onItem: () => {} });
    connection.start();
    await settle();
    hub.newest('Count').complete();
    hub.drop();
    await settle(10_000);
    expect(connection.getStatus()).toBe('live');
    expect(hub.opened).toHaveLength(1);
  });

  it('retries a stream that the service rejects, while the connection stays', async () => {
    connection.open<number>({ method: 'Count', args: () => [], onItem: () => {} });
    connection.start();
    await settle();
    hub.newest('Count').fail(new Error('database unavailable'));
    await settle(5_000);
    expect(hub.opened).toHaveLength(2);
    expect(hub.starts).toBe(1);
  });

  it('does not connect after stop', async () => {
    connection.start();
    await settle();
    await connection.stop();
    hub.drop();
    await settle(60_000);
    expect(hub.starts).toBe(1);
  });
});

describe('reconnectDelay', () => {
  it('grows from a quarter of a second to five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => reconnectDelay(attempt, 0))).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000,
    ]);
  });

  it('has up to 20 % of jitter', () => {
    expect(reconnectDelay(6, 1)).toBe(6_000);
  });
});

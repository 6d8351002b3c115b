import { HttpClient, HttpResponse, type ITransport } from '@microsoft/signalr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEventEntry } from '../api/types';
import { entry, progress } from '../testing/samples';
import { followRun } from './followRun';
import { createHub } from './hub';
import { LiveConnection } from './LiveConnection';

interface Invocation {
  readonly invocationId: string;
  readonly target: string;
  readonly arguments: unknown[];
}

/** The server's end of SignalR's own connection: negotiation, handshake and JSON messages. */
class Server extends HttpClient implements ITransport {
  reachable = true;
  /** Whether the network swallows what the server sends. */
  silent = false;
  private pings: ReturnType<typeof setInterval> | undefined;
  connects = 0;
  readonly invocations: Invocation[] = [];
  onreceive: ((data: string | ArrayBuffer) => void) | null = null;
  onclose: ((error?: Error) => void) | null = null;

  override async send(): Promise<HttpResponse>;
  override async send(data: string): Promise<void>;
  override async send(data?: unknown): Promise<unknown> {
    if (typeof data === 'string') {
      this.receive(data);
      return undefined;
    }
    if (!this.reachable) {
      throw new Error('unreachable');
    }
    return new HttpResponse(
      200,
      'OK',
      JSON.stringify({ connectionId: 'c', connectionToken: 't', negotiateVersion: 1, availableTransports: [] }),
    );
  }

  async connect(): Promise<void> {
    this.connects++;
    this.pings = setInterval(() => !this.silent && this.message({ type: 6 }), 1_000);
  }

  async stop(): Promise<void> {
    clearInterval(this.pings);
    this.onclose?.();
  }

  /** Loses the connection. */
  drop(): void {
    clearInterval(this.pings);
    this.onclose?.(new Error('lost'));
  }

  message(message: object): void {
    this.onreceive?.(`${JSON.stringify(message)}\u001e`);
  }

  /** Sends events of the run to the newest subscription. */
  events(...seqs: number[]): void {
    const { invocationId } = this.invocations.at(-1) ?? {};
    this.message({ type: 2, invocationId, item: seqs.map((seq) => entry(seq, progress(seq))) });
  }

  private receive(data: string): void {
    for (const record of data.split('\u001e').filter((one) => one !== '')) {
      const message = JSON.parse(record);
      if (message.protocol !== undefined) {
        this.message({});
      } else if (message.type === 4) {
        this.invocations.push(message);
      }
    }
  }
}

let server: Server;
let connection: LiveConnection;
let statuses: string[];
let received: RunEventEntry[];
const settle = (milliseconds = 150) => vi.advanceTimersByTimeAsync(milliseconds);
const cursors = () => server.invocations.map((one) => one.arguments[1]);

beforeEach(async () => {
  vi.useFakeTimers();
  server = new Server();
  connection = new LiveConnection((policy) =>
    createHub(policy, { httpClient: server, transport: server }, 'http://service'),
  );
  statuses = [];
  received = [];
  connection.subscribe(() => statuses.push(connection.getStatus()));
  followRun(connection, { runId: 'run', afterSeq: 0, onEntries: (entries) => received.push(...entries) });
});
afterEach(async () => {
  await connection.stop();
  vi.useRealTimers();
});

describe('LiveConnection with SignalR', () => {
  it('retries the first start', async () => {
    server.reachable = false;
    connection.start();
    await settle(20_000);
    expect(statuses).toEqual(['offline']);
    server.reachable = true;
    await settle(10_000);
    expect(statuses).toEqual(['offline', 'live']);
    expect(cursors()).toEqual([0]);
  });

  it('resumes after the cursor when the connection was lost, without gaps and duplicates', async () => {
    connection.start();
    await settle();
    server.events(1, 2, 3);
    server.reachable = false;
    server.drop();
    await settle(20_000);
    expect(statuses).toEqual(['live', 'reconnecting', 'offline']);
    server.reachable = true;
    await settle(10_000);
    expect(statuses).toEqual(['live', 'reconnecting', 'offline', 'live']);
    expect(cursors()).toEqual([0, 3]);
    server.events(3, 4, 5);
    await settle();
    expect(received.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes the connection for lost when the service is silent for 5 seconds, and not before', async () => {
    connection.start();
    await settle(60_000);
    expect(statuses).toEqual(['live']);
    server.silent = true;
    server.reachable = false;
    await settle(2_500);
    expect(connection.getStatus()).toBe('live');
    await settle(2_500);
    expect(connection.getStatus()).toBe('reconnecting');
  });

  it('starts again when the service closes the connection for good', async () => {
    connection.start();
    await settle();
    server.events(1);
    server.message({ type: 7 });
    await settle(2_000);
    expect(connection.getStatus()).toBe('live');
    expect(server.connects).toBe(2);
    expect(cursors()).toEqual([0, 1]);
  });

  it('reconnects at once after tryNow', async () => {
    connection.start();
    await settle();
    server.reachable = false;
    server.drop();
    await settle(30_000);
    server.reachable = true;
    connection.tryNow();
    await settle(0);
    expect(connection.getStatus()).toBe('live');
    expect(cursors()).toEqual([0, 0]);
  });

  it('does not reconnect after stop', async () => {
    connection.start();
    await settle();
    await connection.stop();
    await settle(60_000);
    expect(server.connects).toBe(1);
  });
});

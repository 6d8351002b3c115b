import type { IRetryPolicy } from '@microsoft/signalr';
import { type Hub, LiveConnection } from '../live/LiveConnection';

interface OpenedStream {
  method: string;
  args: unknown[];
  send: (item: unknown) => void;
  complete: () => void;
  fail: (error: Error) => void;
  isOpen: () => boolean;
}

/** The service's end of the connection in tests: it accepts, refuses, drops and reconnects the way SignalR does with a retry policy. */
export class ScriptedHub implements Hub {
  readonly opened: OpenedStream[] = [];
  starts = 0;
  /** Whether the service responds. */
  reachable = true;
  private state: 'disconnected' | 'connected' | 'reconnecting' = 'disconnected';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly policy: IRetryPolicy;
  private readonly callbacks = { close: () => {}, reconnecting: () => {}, reconnected: () => {} };

  constructor(policy: IRetryPolicy) {
    this.policy = policy;
  }

  async start(): Promise<void> {
    this.starts++;
    if (this.state !== 'disconnected') {
      throw new Error(`start while ${this.state}`);
    }
    if (!this.reachable) {
      throw new Error('unreachable');
    }
    this.state = 'connected';
  }

  async stop(): Promise<void> {
    if (this.state !== 'disconnected') {
      this.close();
    }
  }

  onclose(callback: () => void): void {
    this.callbacks.close = callback;
  }

  onreconnecting(callback: () => void): void {
    this.callbacks.reconnecting = callback;
  }

  onreconnected(callback: () => void): void {
    this.callbacks.reconnected = callback;
  }

  stream<Item>(method: string, ...args: unknown[]) {
    return {
      subscribe: (observer: { next: (item: Item) => void; error: (error: unknown) => void; complete: () => void }) => {
        let open = true;
        this.opened.push({
          method,
          args,
          send: (item) => observer.next(item as Item),
          complete: () => {
            open = false;
            observer.complete();
          },
          fail: (error) => {
            open = false;
            observer.error(error);
          },
          isOpen: () => open,
        });
        return {
          dispose: () => {
            open = false;
          },
        };
      },
    };
  }

  /** Loses the connection: streams fail, then the policy decides when to reconnect. */
  drop(): void {
    if (this.state === 'connected') {
      this.failStreams();
      this.reconnect(0);
      this.callbacks.reconnecting();
    }
  }

  /** Closes the connection for good, as a service does that shuts down. */
  close(): void {
    clearTimeout(this.timer);
    this.failStreams();
    this.state = 'disconnected';
    this.callbacks.close();
  }

  /** The newest stream of a method. */
  newest(method: string): OpenedStream {
    const found = this.opened.filter((stream) => stream.method === method).at(-1);
    if (found === undefined) {
      throw new Error(`No stream ${method} was opened.`);
    }
    return found;
  }

  private reconnect(previousRetryCount: number): void {
    const retryReason = new Error('connection lost');
    const delay = this.policy.nextRetryDelayInMilliseconds({ previousRetryCount, elapsedMilliseconds: 0, retryReason });
    if (delay === null) {
      this.close();
      return;
    }
    this.state = 'reconnecting';
    this.timer = setTimeout(() => {
      if (this.reachable) {
        this.state = 'connected';
        this.callbacks.reconnected();
      } else {
        this.reconnect(previousRetryCount + 1);
      }
    }, delay);
  }

  private failStreams(): void {
    for (const stream of this.opened.filter((one) => one.isOpen())) {
      stream.fail(new Error('connection lost'));
    }
  }
}

/** A connection whose far end is controlled by the test. */
export function scriptedConnection(): { hub: ScriptedHub; connection: LiveConnection } {
  const hubs: ScriptedHub[] = [];
  const connection = new LiveConnection((policy) => {
    const hub = new ScriptedHub(policy);
    hubs.push(hub);
    return hub;
  });
  return { hub: hubs[0] as ScriptedHub, connection };
}

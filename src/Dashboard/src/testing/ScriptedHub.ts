import type { Hub } from '../live/LiveConnection';

interface OpenedStream {
  method: string;
  args: unknown[];
  send: (item: unknown) => void;
  complete: () => void;
  fail: (error: Error) => void;
  isOpen: () => boolean;
}

/** The far end of the connection in tests: it accepts, refuses, drops, and sends what the test says. */
export class ScriptedHub implements Hub {
  readonly opened: OpenedStream[] = [];
  starts = 0;
  /** Whether the service answers. */
  reachable = true;
  private readonly closeCallbacks: ((error?: Error) => void)[] = [];

  async start(): Promise<void> {
    this.starts++;
    if (!this.reachable) {
      throw new Error('unreachable');
    }
  }

  async stop(): Promise<void> {}

  onclose(callback: (error?: Error) => void): void {
    this.closeCallbacks.push(callback);
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

  /** Loses the connection as SignalR does: streams fail first, then the connection is closed. */
  drop(): void {
    const error = new Error('connection lost');
    for (const stream of this.opened) {
      if (stream.isOpen()) {
        stream.fail(error);
      }
    }
    for (const callback of this.closeCallbacks) {
      callback(error);
    }
  }

  /** The newest stream of a method. */
  newest(method: string): OpenedStream {
    const found = this.opened.filter((stream) => stream.method === method).at(-1);
    if (found === undefined) {
      throw new Error(`No stream ${method} was opened.`);
    }
    return found;
  }
}

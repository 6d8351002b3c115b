import { reconnectDelay } from './backoff';

/** What the page says about its connection. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** The part of SignalR's HubConnection that is used here. */
export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  onclose(callback: (error?: Error) => void): void;
  stream<Item>(method: string, ...args: unknown[]): HubStream<Item>;
}

interface HubStream<Item> {
  subscribe(observer: { next: (item: Item) => void; error: (error: unknown) => void; complete: () => void }): {
    dispose(): void;
  };
}

/** A stream that outlives connections: it is opened again, with fresh arguments, after each loss. */
export interface LastingStream<Item> {
  method: string;
  /** Asked at each opening, so that a stream can continue where it stopped. */
  args: () => unknown[];
  onItem: (item: Item) => void;
  /** Called at each opening before the first item. */
  onOpen?: () => void;
  /** Called when the service says that nothing more comes; the stream is not opened again. */
  onEnd?: () => void;
}

/** Handle of an open {@link LastingStream}. */
export interface StreamHandle {
  /** Drops the present stream and opens it again. */
  reopen(): void;
  close(): void;
}

interface OpenStream {
  stream: LastingStream<unknown>;
  subscription: { dispose(): void } | null;
  retry: ReturnType<typeof setTimeout> | undefined;
  failures: number;
  /** Counts openings; answers of an earlier one are not heard. */
  generation: number;
}

const attemptsBeforeOffline = 4;

/** One hub connection for the whole page. It connects, notices loss, connects again without end, and reopens its streams. */
export class LiveConnection {
  private readonly hub: Hub;
  private readonly streams = new Set<OpenStream>();
  private readonly listeners = new Set<() => void>();
  private status: LiveStatus = 'connecting';
  private wasLive = false;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;
  private starting = false;

  constructor(hub: Hub) {
    this.hub = hub;
    hub.onclose(() => this.lost());
  }

  readonly getStatus = (): LiveStatus => this.status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.stopped = false;
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.hub.stop();
  }

  /** Tries at once instead of waiting, as when the network is back or the person asks for it. */
  readonly tryNow = (): void => {
    if (this.status !== 'live' && !this.stopped) {
      clearTimeout(this.timer);
      void this.connect();
    }
  };

  open<Item>(stream: LastingStream<Item>): StreamHandle {
    const opened: OpenStream = {
      stream: stream as LastingStream<unknown>,
      subscription: null,
      retry: undefined,
      failures: 0,
      generation: 0,
    };
    this.streams.add(opened);
    this.openNow(opened);
    return {
      reopen: () => {
        if (this.streams.has(opened)) {
          this.closeNow(opened);
          this.openNow(opened);
        }
      },
      close: () => {
        this.streams.delete(opened);
        this.closeNow(opened);
      },
    };
  }

  private async connect(): Promise<void> {
    if (this.starting) {
      return;
    }
    this.starting = true;
    try {
      await this.hub.start();
    } catch {
      this.starting = false;
      this.retryLater();
      return;
    }
    this.starting = false;
    if (this.stopped) {
      await this.hub.stop();
      return;
    }
    this.attempt = 0;
    this.wasLive = true;
    this.setStatus('live');
    for (const stream of this.streams) {
      this.openNow(stream);
    }
  }

  private lost(): void {
    for (const stream of this.streams) {
      this.closeNow(stream);
    }
    this.retryLater();
  }

  private retryLater(): void {
    if (this.stopped) {
      return;
    }
    this.attempt++;
    this.setStatus(this.attempt > attemptsBeforeOffline ? 'offline' : this.wasLive ? 'reconnecting' : 'connecting');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect(), reconnectDelay(this.attempt));
  }

  private openNow(opened: OpenStream): void {
    if (this.status !== 'live' || opened.subscription !== null) {
      return;
    }
    clearTimeout(opened.retry);
    const generation = ++opened.generation;
    const heard = () => generation === opened.generation;
    opened.stream.onOpen?.();
    opened.subscription = this.hub.stream<unknown>(opened.stream.method, ...opened.stream.args()).subscribe({
      next: (item) => {
        if (heard()) {
          opened.failures = 0;
          opened.stream.onItem(item);
        }
      },
      error: () => {
        if (heard()) {
          // The connection may be lost (then it reopens the stream) or the service refused the call: ask again, ever more slowly.
          this.closeNow(opened);
          opened.failures++;
          opened.retry = setTimeout(() => this.openNow(opened), reconnectDelay(opened.failures + 2));
        }
      },
      complete: () => {
        if (heard()) {
          this.streams.delete(opened);
          opened.stream.onEnd?.();
        }
      },
    });
  }

  private closeNow(opened: OpenStream): void {
    clearTimeout(opened.retry);
    opened.generation++;
    opened.subscription?.dispose();
    opened.subscription = null;
  }

  private setStatus(status: LiveStatus): void {
    if (status !== this.status) {
      this.status = status;
      for (const listener of this.listeners) {
        listener();
      }
    }
  }
}

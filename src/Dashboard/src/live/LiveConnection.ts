import type { IRetryPolicy, RetryContext } from '@microsoft/signalr';

export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** The part of SignalR's HubConnection that is used here. */
export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  onclose(callback: () => void): void;
  onreconnecting(callback: () => void): void;
  onreconnected(callback: () => void): void;
  stream<Item>(method: string, ...args: unknown[]): HubStream<Item>;
}

interface HubStream<Item> {
  subscribe(observer: { next: (item: Item) => void; error: (error: unknown) => void; complete: () => void }): {
    dispose(): void;
  };
}

/** A stream that survives reconnects: it is subscribed again, with fresh arguments, on every new connection. */
export interface StreamOptions<Item> {
  method: string;
  /** Evaluated at each subscription, so that a stream can resume after its cursor. */
  args: () => unknown[];
  onItem: (item: Item) => void;
  /** Called at each subscription, before the first item. */
  onOpen?: () => void;
  /** Called when the service completes the stream; it is not subscribed again. */
  onEnd?: () => void;
}

export interface StreamHandle {
  /** Cancels the subscription and subscribes again. */
  reopen(): void;
  close(): void;
}

interface OpenStream {
  options: StreamOptions<unknown>;
  subscription: { dispose(): void } | null;
  retry: ReturnType<typeof setTimeout> | undefined;
  failures: number;
  /** Number of subscriptions; callbacks of an earlier one are ignored. */
  generation: number;
}

const attemptsBeforeOffline = 4;

/** Milliseconds before attempt n (from 1): 250 ms doubling up to 5 s, with up to 20 % of jitter. */
export const reconnectDelay = (attempt: number, jitter: number = Math.random()): number =>
  Math.round(Math.min(250 * 2 ** (attempt - 1), 5_000) * (1 + 0.2 * jitter));

/**
 * The page's one hub connection. SignalR reconnects a lost connection; this class retries what SignalR does not (the first start, and
 * a connection that was closed for good), reports the status, and subscribes streams again.
 */
export class LiveConnection implements IRetryPolicy {
  private readonly hub: Hub;
  private readonly streams = new Set<OpenStream>();
  private readonly listeners = new Set<() => void>();
  private status: LiveStatus = 'connecting';
  private wasLive = false;
  private isStarting = false;
  private isStopped = true;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(createHub: (policy: IRetryPolicy) => Hub) {
    this.hub = createHub(this);
    this.hub.onreconnecting(() => this.closeStreams());
    this.hub.onreconnected(() => this.connected());
    this.hub.onclose(() => {
      this.closeStreams();
      this.retry();
    });
  }

  readonly getStatus = (): LiveStatus => this.status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.isStopped = false;
    void this.connect();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.hub.stop();
  }

  /** Connects at once instead of after the delay, as when the network is back or the user asks for it. */
  readonly tryNow = (): void => {
    if (this.status !== 'live' && !this.isStopped && !this.isStarting) {
      // Stopping ends SignalR's own wait for its next attempt.
      void this.hub.stop().then(() => this.connect());
    }
  };

  /** Drops the connection at once, as when the browser reports that the network is gone; otherwise only the missing pings would tell. */
  readonly networkLost = (): void => {
    if (this.status === 'live') {
      this.setStatus('reconnecting');
      void this.hub.stop();
    }
  };

  /** SignalR's retry policy: how long to wait before the next attempt to reconnect. It never gives up. */
  nextRetryDelayInMilliseconds({ previousRetryCount }: RetryContext): number {
    return this.failed(previousRetryCount + 1);
  }

  open<Item>(options: StreamOptions<Item>): StreamHandle {
    const opened: OpenStream = {
      options: options as StreamOptions<unknown>,
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
    clearTimeout(this.timer);
    if (this.isStarting || this.isStopped) {
      return;
    }
    this.isStarting = true;
    try {
      await this.hub.start();
    } catch {
      this.isStarting = false;
      this.retry();
      return;
    }
    this.isStarting = false;
    if (this.isStopped) {
      await this.hub.stop();
    } else {
      this.connected();
    }
  }

  private connected(): void {
    this.attempt = 0;
    this.wasLive = true;
    this.setStatus('live');
    for (const stream of this.streams) {
      this.openNow(stream);
    }
  }

  private retry(): void {
    if (!this.isStopped) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.connect(), this.failed(++this.attempt));
    }
  }

  /** Reports the status before an attempt, and returns the delay of the attempt. */
  private failed(attempt: number): number {
    this.setStatus(attempt > attemptsBeforeOffline ? 'offline' : this.wasLive ? 'reconnecting' : 'connecting');
    return reconnectDelay(attempt);
  }

  private openNow(opened: OpenStream): void {
    if (this.status !== 'live' || opened.subscription !== null) {
      return;
    }
    clearTimeout(opened.retry);
    const { options } = opened;
    const generation = ++opened.generation;
    const isCurrent = () => generation === opened.generation;
    options.onOpen?.();
    opened.subscription = this.hub.stream<unknown>(options.method, ...options.args()).subscribe({
      next: (item) => {
        if (isCurrent()) {
          opened.failures = 0;
          options.onItem(item);
        }
      },
      error: () => {
        if (isCurrent()) {
          // Either the connection is lost (the next one subscribes again), or the service rejected the call: retry with growing delays.
          this.closeNow(opened);
          opened.failures++;
          opened.retry = setTimeout(() => this.openNow(opened), reconnectDelay(opened.failures + 2));
        }
      },
      complete: () => {
        if (isCurrent()) {
          this.streams.delete(opened);
          options.onEnd?.();
        }
      },
    });
  }

  private closeStreams(): void {
    for (const stream of this.streams) {
      this.closeNow(stream);
    }
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

import type { IRetryPolicy, RetryContext } from '@microsoft/signalr';
import type { EventOf, SpecFinding } from '../api/types';
import type { Json } from '../json/pointer';
import { reconnectDelay } from '../live/LiveConnection';
import { emptyHistory, type LossHistory, withFrame } from './history';
import type { Opened, Refusal, SessionEnd, SessionFrame, SessionOpening, SessionUpdate } from './messages';

/** The part of SignalR's HubConnection that is used here. */
export interface PlaygroundConnection {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<Result>(method: string, ...args: unknown[]): Promise<Result>;
  send(method: string, ...args: unknown[]): Promise<void>;
  stream<Item>(
    method: string,
    ...args: unknown[]
  ): {
    subscribe(observer: { next: (item: Item) => void; error: (error: unknown) => void; complete: () => void }): {
      dispose(): void;
    };
  };
  onreconnecting(callback: () => void): void;
  onreconnected(callback: () => void): void;
}

export interface PlaygroundState {
  /** `lost`: the connection is being restored. */
  readonly phase: 'connecting' | 'opening' | 'ready' | 'refused' | 'ended' | 'lost';
  /** The session at its beginning; null before the first. */
  readonly opened: Opened | null;
  readonly frame: SessionFrame | null;
  readonly isPlaying: boolean;
  /** Why training cannot go on. */
  readonly failure: EventOf<'failed'> | null;
  /** Errors in the settings. */
  readonly findings: readonly SpecFinding[];
  readonly refusal: {
    readonly reason: Refusal | 'failed';
    readonly limit: number | null;
    readonly detail: string | null;
  } | null;
  readonly ended: SessionEnd | null;
  readonly history: LossHistory;
  /** Whether a setting changed in the midst of training, so that a run of these settings would differ. */
  readonly isMixed: boolean;
}

const initial: PlaygroundState = {
  phase: 'connecting',
  opened: null,
  frame: null,
  isPlaying: false,
  failure: null,
  findings: [],
  refusal: null,
  ended: null,
  history: emptyHistory,
  isMixed: false,
};

/** Reports often enough that a session in use does not count as unused. */
const heartbeatMilliseconds = 15_000;

/** One session of the playground: keeps it in step with the settings, and shows the newest frame. */
export class PlaygroundClient implements IRetryPolicy {
  private state = initial;
  private readonly listeners = new Set<() => void>();
  private readonly hub: PlaygroundConnection;
  private readonly nextFrame: (callback: () => void) => void;
  private session: string | null = null;
  private spec: Json;
  private sent: Json = null;
  private isChanging = false;
  private isConnected = false;
  private isStopped = false;
  private attempt = 0;
  private last = 0;
  private lastOpened = 0;
  private watched: { dispose(): void } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private stepsPerSecond = 0;
  private isPausedByHiding = false;

  constructor(
    createHub: (policy: IRetryPolicy) => PlaygroundConnection,
    spec: Json,
    nextFrame: (callback: () => void) => void = (callback) => requestAnimationFrame(callback),
  ) {
    this.spec = spec;
    this.nextFrame = nextFrame;
    this.hub = createHub(this);
    this.hub.onreconnecting(() => {
      this.isConnected = false;
      this.watched?.dispose();
      this.set({ phase: 'lost', isPlaying: false });
    });
    this.hub.onreconnected(() => this.connected());
  }

  readonly getState = (): PlaygroundState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** SignalR's retry policy; it never gives up. */
  nextRetryDelayInMilliseconds({ previousRetryCount }: RetryContext): number {
    return reconnectDelay(previousRetryCount + 1);
  }

  async start(): Promise<void> {
    this.heartbeat ??= setInterval(() => this.report(), heartbeatMilliseconds);
    document.addEventListener('visibilitychange', this.hiddenOrShown);
    try {
      await this.hub.start();
    } catch {
      if (!this.isStopped) {
        this.timer = setTimeout(() => void this.start(), reconnectDelay(++this.attempt));
      }
      return;
    }
    if (this.isStopped) {
      await this.hub.stop();
    } else {
      this.connected();
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    document.removeEventListener('visibilitychange', this.hiddenOrShown);
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    this.watched?.dispose();
    if (this.session !== null && this.isConnected) {
      await this.hub.invoke('Close', this.session).catch(() => {});
    }
    await this.hub.stop();
  }

  /** Takes over new settings, while it plays too. */
  readonly change = (spec: Json): void => {
    this.spec = spec;
    void this.sync();
  };

  readonly step = (steps: number): Promise<void> => this.ask('Step', steps);

  readonly reset = (): Promise<void> => this.ask('Reset');

  readonly pause = (): Promise<void> => this.ask('Pause');

  readonly play = async (stepsPerSecond: number): Promise<void> => {
    this.stepsPerSecond = stepsPerSecond;
    if (this.session !== null && this.isConnected) {
      const started = await this.hub.invoke<boolean>('Play', this.session, stepsPerSecond).catch(() => null);
      if (started === true) {
        this.set({ isPlaying: true });
      } else if (started === false) {
        this.end('unknown');
      }
    }
  };

  /** A new session, after the last one has ended or was refused. */
  readonly again = (): void => {
    this.session = null;
    void this.open();
  };

  // Nobody looks at a hidden page: it does not train on, and goes on when it is looked at again.
  private readonly hiddenOrShown = (): void => {
    if (document.visibilityState === 'hidden') {
      this.isPausedByHiding = this.state.isPlaying;
      void (this.isPausedByHiding && this.pause());
      return;
    }
    this.report();
    if (this.isPausedByHiding) {
      this.isPausedByHiding = false;
      void this.play(this.stepsPerSecond);
    }
  };

  private connected(): void {
    this.attempt = 0;
    this.isConnected = true;
    if (this.session === null) {
      void this.open();
    } else {
      this.set({ phase: 'ready' });
      this.watch(this.session);
      void this.resume();
    }
  }

  // The session as it is, then the settings that it has missed.
  private async resume(): Promise<void> {
    await this.pause();
    if (this.session !== null) {
      await this.sync();
    }
  }

  private async open(): Promise<void> {
    if (this.isChanging || !this.isConnected) {
      return;
    }
    this.isChanging = true;
    this.set({ phase: 'opening', refusal: null, ended: null, isPlaying: false });
    this.sent = this.spec;
    const opening = await this.hub
      .invoke<SessionOpening>('Open', this.spec)
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    this.isChanging = false;
    if (opening instanceof Error) {
      this.sent = null;
      // Where the connection is lost, a session is opened as soon as it is back.
      if (this.isConnected) {
        this.set({ phase: 'refused', refusal: { reason: 'failed', limit: null, detail: opening.message } });
      }
      return;
    }
    if (opening.session !== null && opening.update !== null) {
      this.session = opening.session;
      this.last = 0;
      this.lastOpened = 0;
      this.apply(opening.update);
      this.watch(opening.session);
    } else {
      this.refuse(opening);
    }
    await this.sync();
  }

  // The newest settings, once those before are answered.
  private async sync(): Promise<void> {
    while (!this.isChanging && this.isConnected && this.sent !== this.spec) {
      if (this.session === null) {
        await this.open();
        continue;
      }
      this.isChanging = true;
      this.sent = this.spec;
      const opening = await this.hub.invoke<SessionOpening>('Change', this.session, this.spec).catch(() => null);
      this.isChanging = false;
      if (opening === null) {
        // Whether they arrived is not known: they are sent again with the next change, or when the connection is back.
        this.sent = null;
        return;
      }
      if (opening.update !== null) {
        this.set({ findings: [], refusal: null, isMixed: this.state.isMixed || (this.state.frame?.step ?? 0) > 0 });
        this.apply(opening.update);
      } else {
        this.refuse(opening);
      }
    }
  }

  private refuse({ refusal, limit, detail, findings }: SessionOpening): void {
    this.set({
      phase: this.session === null ? 'refused' : this.state.phase,
      refusal: refusal === null ? null : { reason: refusal, limit, detail },
      findings: findings.filter(({ severity }) => severity === 'error'),
    });
  }

  private async ask(method: 'Step' | 'Reset' | 'Pause', ...args: unknown[]): Promise<void> {
    if (this.session !== null && this.isConnected) {
      const update = await this.hub.invoke<SessionUpdate>(method, this.session, ...args).catch(() => null);
      if (update !== null) {
        this.apply(update);
      }
    }
  }

  private watch(session: string): void {
    this.watched?.dispose();
    this.watched = this.hub.stream<SessionUpdate>('Watch', session).subscribe({
      next: (update) => {
        this.apply(update);
        // The service sends no more than two that are not drawn yet, so that nothing piles up where the page is slow.
        this.nextFrame(() => this.report(update.number));
      },
      error: () => {},
      complete: () => {},
    });
  }

  private report(number = 0): void {
    const isVisible = document.visibilityState === 'visible';
    if (this.session !== null && this.isConnected && isVisible) {
      void this.hub.send('Shown', this.session, number).catch(() => {});
    }
  }

  private apply({ number, playing, answer, ended }: SessionUpdate): void {
    if (ended !== null) {
      this.end(ended);
      return;
    }
    if (answer?.type === 'opened' && number > this.lastOpened && number < this.last) {
      // Its network is drawn already; what does not change with training comes late.
      this.lastOpened = number;
      this.set({ opened: answer });
    }
    if (answer === null || number <= this.last) {
      return;
    }
    this.last = number;
    const { history } = this.state;
    const common = { phase: 'ready', isPlaying: playing, ended: null } as const;
    if (answer.type === 'opened') {
      this.lastOpened = number;
      this.set({
        ...common,
        opened: answer,
        frame: answer.frame,
        history: withFrame(emptyHistory, answer.frame),
        failure: null,
        isMixed: false,
      });
    } else if (answer.type === 'refused') {
      this.set({ ...common, findings: answer.findings.filter(({ severity }) => severity === 'error') });
    } else {
      const { frame } = answer;
      this.set({
        ...common,
        ...(frame === null ? {} : { frame, history: withFrame(history, frame) }),
        failure: answer.type === 'failed' ? answer.failure : null,
      });
    }
  }

  private end(ended: SessionEnd): void {
    this.session = null;
    this.watched?.dispose();
    this.watched = null;
    this.set({ phase: 'ended', ended, isPlaying: false });
  }

  private set(change: Partial<PlaygroundState>): void {
    if (!this.isStopped) {
      this.state = { ...this.state, ...change };
      for (const listener of this.listeners) {
        listener();
      }
    }
  }
}

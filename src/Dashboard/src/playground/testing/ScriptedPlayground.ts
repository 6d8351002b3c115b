import type { Opened, SessionFrame, SessionOpening, SessionUpdate } from '../messages';
import type { PlaygroundConnection } from '../PlaygroundClient';

const byte = (value: number, count: number) => btoa(String.fromCharCode(...Array<number>(count).fill(value)));

/** A layer of some units, each the same everywhere. */
const layer = (name: string, units: number) => ({
  name,
  units,
  side: 2,
  maps: Array.from({ length: units }, () => ({ scale: 1, values: byte(255, 4) })),
});

export const frameAt = (step: number, changes: Partial<SessionFrame> = {}): SessionFrame => ({
  step,
  epoch: Math.floor(step / 20),
  stepInEpoch: step % 20,
  stepsPerEpoch: 20,
  epochs: 1000,
  isComplete: false,
  learningRate: 0.03,
  trainLoss: 0.5,
  trainAccuracy: 0.75,
  validationLoss: 0.6,
  validationAccuracy: 0.7,
  decision: {
    xMin: -1,
    xMax: 1,
    yMin: -1,
    yMax: 1,
    width: 1,
    height: 1,
    classes: 2,
    winner: byte(0, 1),
    confidence: byte(200, 1),
    hidden: null,
    points: null,
  },
  layers: [layer('activation1', 4), layer('activation2', 2)],
  weights: [
    { name: 'dense1', weights: Array.from({ length: 4 }, () => [0.5, -0.5]), bias: null },
    { name: 'dense2', weights: Array.from({ length: 2 }, () => [1, 1, -1, 0]), bias: null },
    {
      name: 'output',
      weights: [
        [1, -1],
        [-1, 1],
      ],
      bias: null,
    },
  ],
  ...changes,
});

export const openedAt = (step = 0): Opened => ({
  type: 'opened',
  frame: frameAt(step),
  classNames: ['0', '1'],
  trainSamples: 200,
  validationSamples: 200,
  parameters: 28,
  points: [{ x: 0.5, y: 0.5, label: 1, split: 'train' }],
  inputs: layer('input', 2),
});

export const update = (number: number, answer: SessionUpdate['answer'], playing = false): SessionUpdate => ({
  number,
  playing,
  answer,
  ended: null,
});

export const opening = (changes: Partial<SessionOpening> = {}): SessionOpening => ({
  session: 'session-1',
  update: update(1, openedAt()),
  refusal: null,
  limit: null,
  detail: null,
  findings: [],
  ...changes,
});

type Answer = (...args: unknown[]) => unknown;

/** The service's end of the hub in tests: each method has a scripted answer (by its name in lower case), and calls are remembered. */
export class ScriptedPlayground implements PlaygroundConnection {
  readonly calls: { method: string; args: unknown[] }[] = [];
  readonly answers: Record<string, Answer>;
  private next: ((item: unknown) => void) | null = null;
  private readonly callbacks = { reconnecting: () => {}, reconnected: () => {} };

  constructor(answers: Record<string, Answer> = {}) {
    this.answers = { open: () => opening(), play: () => true, close: () => null, ...answers };
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async invoke<Result>(method: string, ...args: unknown[]): Promise<Result> {
    this.calls.push({ method, args });
    return this.answers[method.toLowerCase()]?.(...args) as Result;
  }

  async send(method: string, ...args: unknown[]): Promise<void> {
    this.calls.push({ method, args });
  }

  stream<Item>(method: string, ...args: unknown[]) {
    this.calls.push({ method, args });
    return {
      subscribe: (observer: { next: (item: Item) => void }) => {
        this.next = observer.next as (item: unknown) => void;
        return {
          dispose: () => {
            this.next = null;
          },
        };
      },
    };
  }

  onreconnecting(callback: () => void): void {
    this.callbacks.reconnecting = callback;
  }

  onreconnected(callback: () => void): void {
    this.callbacks.reconnected = callback;
  }

  push(item: SessionUpdate): void {
    this.next?.(item);
  }

  lose(): void {
    this.callbacks.reconnecting();
  }

  restore(): void {
    this.callbacks.reconnected();
  }

  methods(): string[] {
    return this.calls.map(({ method }) => method);
  }
}

import { bytes, duration, integer, loss, percent, shape } from './format';

/** The arguments of a message, by name. Missing arguments are formatted as empty, so that no message fails. */
export class MessageArguments {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  has(name: string): boolean {
    return this.values[name] !== null && this.values[name] !== undefined;
  }

  /** A name, a path or an exact number, unformatted. */
  plain(name: string): string {
    const value = this.values[name];
    return value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  }

  /** A value as JSON. */
  json(name: string): string {
    return JSON.stringify(this.values[name] ?? null);
  }

  /** NaN if it is not a number. */
  number(name: string): number {
    const value = this.values[name];
    return typeof value === 'number' ? value : Number.NaN;
  }

  private readonly formatted = (name: string, format: (value: number | null) => string): string =>
    format(Number.isNaN(this.number(name)) ? null : this.number(name));

  /** 12,345. */
  integer(name: string): string {
    return this.formatted(name, integer);
  }

  /** Four significant digits. */
  loss(name: string): string {
    return this.formatted(name, loss);
  }

  /** 0.91234 as 91.23%. */
  percent(name: string): string {
    return this.formatted(name, percent);
  }

  /** Bytes as 3.4 MB. */
  bytes(name: string): string {
    return this.formatted(name, bytes);
  }

  /** Seconds as 3 min 20 s. */
  duration(name: string): string {
    return this.formatted(name, duration);
  }

  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A shape as 32 × 14 × 14. */
  shape(name: string): string {
    return shape(this.list(name).map(Number));
  }

  inner(name: string): MessageArguments {
    const value = this.values[name];
    return new MessageArguments(typeof value === 'object' && value !== null ? { ...value } : {});
  }

  /** Members as JSON, such as `"slope": 0.1`. */
  entries(): readonly string[] {
    return Object.keys(this.values).map((name) => `"${name}": ${this.json(name)}`);
  }

  /** The other members, such as `momentum 0.9`. */
  rest(...listed: readonly string[]): readonly string[] {
    return Object.keys(this.values)
      .filter((name) => !listed.includes(name))
      .map((name) => `${name} ${this.plain(name)}`);
  }
}

/** The translation of a message. */
export type Message = (args: MessageArguments) => string;

/** By code. */
export type Messages<Code extends string = string> = Readonly<Record<Code, Message>>;

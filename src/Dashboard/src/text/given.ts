import { bytes, duration, integer, loss, percent, shape } from './format';

/** What a sentence of the service is made with, by name. What is missing is written as nothing known: a page never fails at a sentence. */
export class Given {
  private readonly of: Readonly<Record<string, unknown>>;

  constructor(of: Readonly<Record<string, unknown>> | null | undefined) {
    this.of = of ?? {};
  }

  has(name: string): boolean {
    return this.of[name] !== null && this.of[name] !== undefined;
  }

  /** A name, a path, a number as exact as it is: as the service gives it. */
  plain(name: string): string {
    const value = this.of[name];
    return value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  }

  /** A value as it stands in a spec. */
  json(name: string): string {
    return JSON.stringify(this.of[name] ?? null);
  }

  /** NaN when it is not one. */
  number(name: string): number {
    const value = this.of[name];
    return typeof value === 'number' ? value : Number.NaN;
  }

  private readonly written = (name: string, format: (value: number | null) => string): string =>
    format(Number.isNaN(this.number(name)) ? null : this.number(name));

  /** 12,345. */
  integer(name: string): string {
    return this.written(name, integer);
  }

  /** Four digits that count. */
  loss(name: string): string {
    return this.written(name, loss);
  }

  /** 0.91234 as 91.23%. */
  percent(name: string): string {
    return this.written(name, percent);
  }

  /** Bytes as 3.4 MB. */
  bytes(name: string): string {
    return this.written(name, bytes);
  }

  /** Seconds as 3 min 20 s. */
  duration(name: string): string {
    return this.written(name, duration);
  }

  list(name: string): readonly string[] {
    const value = this.of[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** Sides as 32 × 14 × 14. */
  shape(name: string): string {
    return shape(this.list(name).map(Number));
  }

  inner(name: string): Given {
    const value = this.of[name];
    return new Given(typeof value === 'object' && value !== null ? { ...value } : {});
  }

  /** Members as they stand in a spec, as `"slope": 0.1`. */
  entries(): readonly string[] {
    return Object.keys(this.of).map((name) => `"${name}": ${this.json(name)}`);
  }

  /** Members that are not listed, as `momentum 0.9`. */
  rest(...listed: readonly string[]): readonly string[] {
    return Object.keys(this.of)
      .filter((name) => !listed.includes(name))
      .map((name) => `${name} ${this.plain(name)}`);
  }
}

/** A sentence of the service in another language. */
export type Sentence = (given: Given) => string;

/** By code. */
export type Sentences<Code extends string = string> = Readonly<Record<Code, Sentence>>;

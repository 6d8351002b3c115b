import { childOf, type Json, type JsonObject } from './pointer';

/** A stretch of the text, as offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** JSON text with the place of each value, or what is wrong with it and where. */
export type JsonReading =
  | { readonly ok: true; readonly value: Json; readonly places: ReadonlyMap<string, Span> }
  | { readonly ok: false; readonly problem: JsonProblem; readonly offset: number };

/** What was met where something else was needed. */
export type JsonProblem =
  | 'end'
  | 'value'
  | 'name'
  | 'colon'
  | 'separator'
  | 'string'
  | 'number'
  | 'duplicate'
  | 'rest'
  | 'depth';

class Refused extends Error {
  readonly problem: JsonProblem;
  readonly offset: number;

  constructor(problem: JsonProblem, offset: number) {
    super(problem);
    this.problem = problem;
    this.offset = offset;
  }
}

const maximumDepth = 32;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Control characters (before the space) are not allowed within a string.
const stringPattern = /"(?:[ !\u0023-\u005b\u005d-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const words: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Reads JSON text. The browser's own reader tells no places, and each browser words its errors differently. */
export function readJson(text: string): JsonReading {
  try {
    return { ok: true, ...new Reader(text).document() };
  } catch (error) {
    if (error instanceof Refused) {
      return { ok: false, problem: error.problem, offset: error.offset };
    }
    throw error;
  }
}

class Reader {
  private readonly text: string;
  private readonly places = new Map<string, Span>();
  private offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): { value: Json; places: ReadonlyMap<string, Span> } {
    const value = this.value('', 0);
    this.space();
    if (this.offset < this.text.length) {
      this.refuse('rest');
    }
    return { value, places: this.places };
  }

  private value(pointer: string, depth: number): Json {
    this.space();
    if (depth > maximumDepth) {
      this.refuse('depth');
    }
    const start = this.offset;
    const value = this.valueHere(pointer, depth);
    this.places.set(pointer, { start, end: this.offset });
    return value;
  }

  private valueHere(pointer: string, depth: number): Json {
    const next = this.text[this.offset];
    if (next === '{') {
      return this.object(pointer, depth);
    }
    if (next === '[') {
      return this.array(pointer, depth);
    }
    if (next === '"') {
      return this.string();
    }
    if (next === '-' || (next !== undefined && next >= '0' && next <= '9')) {
      return Number(this.take(numberPattern, 'number'));
    }
    const word = words.find(([name]) => this.text.startsWith(name, this.offset));
    if (word === undefined) {
      return this.refuse(next === undefined ? 'end' : 'value');
    }
    this.offset += word[0].length;
    return word[1];
  }

  private object(pointer: string, depth: number): JsonObject {
    const object: JsonObject = {};
    this.offset++;
    this.space();
    if (this.skip('}')) {
      return object;
    }
    do {
      this.space();
      if (this.text[this.offset] !== '"') {
        this.refuse(this.offset >= this.text.length ? 'end' : 'name');
      }
      const start = this.offset;
      const name = this.string();
      if (Object.hasOwn(object, name)) {
        throw new Refused('duplicate', start);
      }
      this.space();
      if (!this.skip(':')) {
        this.refuse(this.offset >= this.text.length ? 'end' : 'colon');
      }
      const value = this.value(childOf(pointer, name), depth + 1);
      // defineProperty, because a member may be called __proto__.
      Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      this.space();
    } while (this.skip(','));
    this.close('}');
    return object;
  }

  private array(pointer: string, depth: number): Json[] {
    const items: Json[] = [];
    this.offset++;
    this.space();
    if (this.skip(']')) {
      return items;
    }
    do {
      items.push(this.value(childOf(pointer, items.length), depth + 1));
      this.space();
    } while (this.skip(','));
    this.close(']');
    return items;
  }

  private string(): string {
    return JSON.parse(this.take(stringPattern, 'string')) as string;
  }

  private take(pattern: RegExp, problem: JsonProblem): string {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) {
      return this.refuse(problem);
    }
    this.offset += found.length;
    return found;
  }

  private close(bracket: string): void {
    if (!this.skip(bracket)) {
      this.refuse(this.offset >= this.text.length ? 'end' : 'separator');
    }
  }

  private skip(character: string): boolean {
    const found = this.text[this.offset] === character;
    this.offset += found ? 1 : 0;
    return found;
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.offset] ?? 'x')) {
      this.offset++;
    }
  }

  private refuse(problem: JsonProblem): never {
    throw new Refused(problem, this.offset);
  }
}

/** Line and column of an offset, from 1. */
export function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** The place of a pointer, or of the nearest value around it. */
export function placeOf(places: ReadonlyMap<string, Span>, pointer: string): Span | undefined {
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf('/'))) {
    const place = places.get(path);
    if (place !== undefined || path === '') {
      return place;
    }
  }
}

import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type Json, segmentsOf } from './pointer';

/** JSON text as a value and a syntax tree, or its first syntax error. */
export type JsonReading =
  | { readonly ok: true; readonly value: Json; readonly root: Node }
  | { readonly ok: false; readonly problem: JsonProblem; readonly offset: number };

const problems = {
  InvalidSymbol: 'value',
  InvalidNumberFormat: 'number',
  PropertyNameExpected: 'name',
  ValueExpected: 'value',
  ColonExpected: 'colon',
  CommaExpected: 'separator',
  CloseBraceExpected: 'separator',
  CloseBracketExpected: 'separator',
  EndOfFileExpected: 'rest',
  InvalidCommentToken: 'comment',
  UnexpectedEndOfComment: 'comment',
  UnexpectedEndOfString: 'string',
  UnexpectedEndOfNumber: 'number',
  InvalidUnicode: 'string',
  InvalidEscapeCharacter: 'string',
  InvalidCharacter: 'string',
  '<unknown ParseErrorCode>': 'value',
} as const;

export type JsonProblem = (typeof problems)[keyof typeof problems] | 'end' | 'duplicate' | 'depth';

const maximumDepth = 32;

/** Parses JSON text strictly: no comments, no trailing commas, no duplicate members. */
export function readJson(text: string): JsonReading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error !== undefined) {
    const { offset } = error;
    const problem = problems[printParseErrorCode(error.error)];
    const isEnd = offset >= text.trimEnd().length;
    const isRest = problem === 'value' && root !== undefined && offset >= root.offset + root.length;
    return { ok: false, problem: isEnd ? 'end' : isRest ? 'rest' : problem, offset };
  }
  if (root === undefined) {
    return { ok: false, problem: 'end', offset: text.length };
  }
  const refused = refusedIn(root, 0);
  return refused ?? { ok: true, value: getNodeValue(root) as Json, root };
}

/** The first duplicate member, or value that is nested too deep. */
function refusedIn(node: Node, depth: number): Extract<JsonReading, { ok: false }> | null {
  if (depth > maximumDepth) {
    return { ok: false, problem: 'depth', offset: node.offset };
  }
  const names = new Set<string>();
  for (const child of node.children ?? []) {
    const [name, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
    if (name !== undefined && names.size === names.add(String(name.value)).size) {
      return { ok: false, problem: 'duplicate', offset: name.offset };
    }
    const refused = value === undefined ? null : refusedIn(value, depth + 1);
    if (refused !== null) {
      return refused;
    }
  }
  return null;
}

/** Line and column of an offset, from 1. */
export function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** The node at a pointer, or its nearest ancestor. */
export function nodeAt(root: Node, pointer: string): Node {
  let node = root;
  for (const segment of segmentsOf(pointer)) {
    const next = findNodeAtLocation(node, [node.type === 'array' ? Number(segment) : segment]);
    if (next === undefined) {
      break;
    }
    node = next;
  }
  return node;
}

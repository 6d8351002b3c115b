/** A token of JSON text. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'other';
  readonly text: string;
}

const pattern = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

/** Splits JSON text, valid or not, for syntax colours. The tokens together are the whole text. */
export function jsonTokens(json: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of json.matchAll(pattern)) {
    if (match.index > end) {
      tokens.push({ kind: 'other', text: json.slice(end, match.index) });
    }
    const [whole, quoted, colon, number] = match;
    end = match.index + whole.length;
    if (quoted !== undefined) {
      tokens.push({ kind: colon === undefined ? 'string' : 'key', text: quoted });
      if (colon !== undefined) {
        tokens.push({ kind: 'other', text: colon });
      }
    } else {
      tokens.push({ kind: number === undefined ? 'word' : 'number', text: whole });
    }
  }
  if (end < json.length) {
    tokens.push({ kind: 'other', text: json.slice(end) });
  }
  return tokens;
}

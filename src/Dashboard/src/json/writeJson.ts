import { isObject, type Json } from './pointer';

/** Characters that fit into a line of the editor. */
const lineLength = 62;

/** Formats JSON by hand-written conventions: a value that fits on a line is on one line. `before` is the length of its member name. */
export function writeJson(value: Json, indent = '', before = 0): string {
  const flat = onOneLine(value);
  const fits = indent !== '' && indent.length + before + flat.length < lineLength;
  if ((!isObject(value) && !Array.isArray(value)) || fits) {
    return flat;
  }
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => inner + writeJson(item, inner))
    : Object.entries(value).map(([name, member]) => {
        const start = `${JSON.stringify(name)}: `;
        return `${inner}${start}${writeJson(member, inner, start.length)}`;
      });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return parts.length === 0 ? open + close : `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(onOneLine).join(', ')}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${onOneLine(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

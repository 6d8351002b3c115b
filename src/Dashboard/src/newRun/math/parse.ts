import { type Token, tokensOf } from './tokens';

/** An element of MathML. */
export interface MathNode {
  readonly tag: string;
  readonly text?: string;
  readonly children?: readonly MathNode[];
}

const leaf = (tag: string, text: string): MathNode => ({ tag, text });
const row = (children: readonly MathNode[]): MathNode =>
  children.length === 1 && children[0] !== undefined ? children[0] : { tag: 'mrow', children };

const signs: Readonly<Record<string, string>> = {
  '<-': '←',
  '->': '→',
  '<=': '≤',
  '>=': '≥',
  '...': '…',
  '..': '…',
  '-': '−',
  '*': '·',
};
const letters: Readonly<Record<string, string>> = { alpha: 'α', pi: 'π', Phi: 'Φ', epsilon: 'ε' };
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '|': '|' };

/** A group in parentheses, which are left out where a fraction, a root or an exponent replaces them. */
interface Group {
  readonly node: MathNode;
  readonly inner?: MathNode;
}

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** Everything up to a closing sign, or to the end. */
  row(end: string | null): MathNode {
    const nodes: MathNode[] = [];
    for (let next = this.peek(); next !== undefined && next.text !== end; next = this.peek()) {
      if (next.kind === 'word') {
        nodes.push(this.sentence());
      } else if (this.startsFactor(next, end)) {
        nodes.push(this.product(end));
      } else if (next.kind === 'sign' && !/^[)\]/^]$/.test(next.text)) {
        this.at++;
        nodes.push(leaf('mo', signs[next.text] ?? next.text));
      } else {
        throw new SyntaxError(`Unexpected ${next.text}`);
      }
    }
    if (end !== null) {
      this.expect(end);
    }
    return row(nodes);
  }

  private sentence(): MathNode {
    let text = '';
    for (let next = this.peek(); next?.kind === 'word'; next = this.peek()) {
      text += next.isApart ? `\u00a0${next.text}` : next.text;
      this.at++;
    }
    const next = this.peek();
    return leaf('mtext', next?.isApart && !/^[,:;)]$/.test(next.text) ? `${text}\u00a0` : text);
  }

  /** Factors side by side, and fractions: a g / (sqrt(G) + e) has the numerator a g. */
  private product(end: string | null): MathNode {
    let factors: Group[] = [this.factor()];
    for (let next = this.peek(); next !== undefined; next = this.peek()) {
      if (next.text === '/') {
        this.at++;
        const below = this.factor();
        const above = factors.length === 1 && factors[0] !== undefined ? bare(factors[0]) : spaced(factors);
        factors = [{ node: { tag: 'mfrac', children: [above, bare(below)] } }];
      } else if (this.startsFactor(next, end)) {
        factors.push(this.factor());
      } else {
        break;
      }
    }
    return spaced(factors);
  }

  private factor(): Group {
    const base = this.primary();
    if (this.peek()?.text !== '^') {
      return base;
    }
    this.at++;
    const exponent = bare(this.primary());
    const { tag, children = [] } = base.node;
    return {
      node:
        tag === 'msub'
          ? { tag: 'msubsup', children: [...children, exponent] }
          : { tag: 'msup', children: [base.node, exponent] },
    };
  }

  private primary(): Group {
    const token = this.peek();
    if (token === undefined) {
      throw new SyntaxError('Unexpected end');
    }
    this.at++;
    if (token.kind === 'number') {
      return { node: leaf('mn', token.text) };
    }
    if (token.kind === 'name') {
      return { node: this.named(token) };
    }
    const close = closing[token.text];
    if (close === undefined) {
      throw new SyntaxError(`Unexpected ${token.text}`);
    }
    const inner = this.row(close);
    const node = { tag: 'mrow', children: [leaf('mo', token.text), inner, leaf('mo', close)] };
    return token.text === '(' ? { node, inner } : { node };
  }

  /** A variable, or a function with its arguments. */
  private named({ text }: Token): MathNode {
    const call = this.peek();
    const name = variable(text);
    if (text.endsWith('_')) {
      return { tag: 'msub', children: [variable(text.slice(0, -1)), bare(this.primary())] };
    }
    if (call === undefined || call.isApart || !/^[([]$/.test(call.text)) {
      return /^(?:cos|sin)$/.test(text) ? row([name, leaf('mspace', '')]) : name;
    }
    const argument = this.primary();
    if (text === 'sqrt') {
      return { tag: 'msqrt', children: [bare(argument)] };
    }
    return text === 'floor'
      ? row([leaf('mo', '⌊'), bare(argument), leaf('mo', '⌋')])
      : row([name, leaf('mo', '\u2061'), argument.node]);
  }

  private startsFactor(token: Token, end: string | null): boolean {
    return (
      token.kind === 'number' ||
      token.kind === 'name' ||
      token.text === '(' ||
      token.text === '[' ||
      (token.text === '|' && end !== '|')
    );
  }

  private expect(text: string): void {
    if (this.peek()?.text !== text) {
      throw new SyntaxError(`${text} is missing`);
    }
    this.at++;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }
}

const bare = ({ node, inner }: Group): MathNode => inner ?? node;
const spaced = (factors: readonly Group[]): MathNode =>
  row(factors.flatMap(({ node }, index) => (index === 0 ? [node] : [leaf('mspace', ''), node])));

/** b1 and n_in have a subscript; longer names are upright by themselves. */
function variable(name: string): MathNode {
  const [, base = name, subscript] =
    /^([A-Za-z]+?)_?([A-Z0-9a-z]+)'?$/.exec(name.includes('_') || /\d$/.test(name) ? name : '') ?? [];
  const letter = leaf('mi', letters[base] ?? base);
  return subscript === undefined
    ? letter
    : { tag: 'msub', children: [letter, leaf(/^\d+$/.test(subscript) ? 'mn' : 'mi', subscript)] };
}

/** The statements of a formula of the catalog as MathML; null where it is not in the catalog's notation. */
export function parseFormula(formula: string): readonly MathNode[] | null {
  try {
    return formula.split(/;\s*/).map((statement) => {
      const tokens = tokensOf(statement.trim());
      if (tokens === null) {
        throw new SyntaxError('Unknown character');
      }
      return new Parser(tokens).row(null);
    });
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}

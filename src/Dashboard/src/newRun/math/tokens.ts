/** A piece of a formula in the catalog's plain notation. */
export interface Token {
  readonly kind: 'number' | 'name' | 'word' | 'sign';
  readonly text: string;
  /** Whether white space is in front of it. */
  readonly isApart: boolean;
}

/** Names of more than one letter that stand for quantities and functions; all others are words of a sentence. */
const quantities = new Set(
  `alpha Phi pi Var std exp sqrt cos sin tanh max min sign floor orthogonal scores target output
  noise slope limit gain factor every minimum maximum start end rise strength labelSmoothing scale mean variance epsilon shift running
  momentum batch rate rows columns classes class stride dilation padding kernel size units filters`.split(/\s+/),
);

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /^\d+(?:\.\d+)?(?:e[+-]?\d+)?/],
  // b1, n_in, u_(t+1) up to its parenthesis, H', class's, /training/weightDecay, one-hot, element-wise.
  ['word', /^\/[A-Za-z/]+|^[A-Za-z]{2,}-[A-Za-z]+|^[\p{L}]+'s|^[\p{Script=Hangul}]+/u],
  ['name', /^[A-Za-z]+\d*(?:_[A-Za-z0-9]+|_(?=\())?'?/],
  ['sign', /^(?:<-|->|<=|>=|\.\.\.|\.\.|[-+*/^=<>~,:;()[\]|])/],
];

/** Splits a formula; null where it has a character that the notation does not have. */
export function tokensOf(formula: string): Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < formula.length; ) {
    const isApart = /\s/.test(formula[at] ?? '');
    at += isApart ? 1 : 0;
    const rest = formula.slice(at);
    const [kind, match] = patterns
      .map(([kind, pattern]) => [kind, pattern.exec(rest)?.[0]] as const)
      .find(([, match]) => match !== undefined) ?? ['sign', undefined];
    if (match === undefined) {
      return null;
    }
    tokens.push({ kind: kind === 'name' && isWord(match) ? 'word' : kind, text: match, isApart });
    at += match.length;
  }
  return tokens.map((token, index) => inSentence(token, tokens[index - 1], tokens[index + 1]));
}

const isWord = (name: string): boolean => /^[A-Za-z]{2,}$/.test(name) && !quantities.has(name);

/** An "a" between words is an article; an x between two numbers or two longer names is a times sign. */
function inSentence(token: Token, before: Token | undefined, after: Token | undefined): Token {
  if (token.text === 'a' && before?.kind === 'word' && after?.kind === 'word') {
    return { ...token, kind: 'word' };
  }
  const isSize = (side: Token | undefined) =>
    side?.kind === 'number' || (side?.kind === 'name' && side.text.replace(/_.*/, '_').length > 1);
  return token.text === 'x' && isSize(before) && isSize(after) ? { ...token, kind: 'sign', text: '×' } : token;
}

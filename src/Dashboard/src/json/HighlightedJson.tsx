import { useMemo } from 'react';
import { jsonTokens } from './tokens';

/** JSON text with syntax colours. */
export function HighlightedJson({ json }: { json: string }) {
  const tokens = useMemo(() => jsonTokens(json), [json]);
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their position.
    <span key={index} className={`json-${token.kind}`}>
      {token.text}
    </span>
  ));
}

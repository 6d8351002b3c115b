import { useMemo } from 'react';
import { CopyButton } from '../design/CopyButton';
import { text } from '../text/text';
import { jsonTokens } from './jsonTokens';

/** The spec as it was stored, ready to be copied and posted again. */
export function Spec({ spec, sha256 }: { spec: unknown; sha256: string }) {
  const json = useMemo(() => JSON.stringify(spec, null, 2), [spec]);
  const tokens = useMemo(() => jsonTokens(json), [json]);

  return (
    <section className="card" aria-labelledby="spec-title">
      <div className="card-head">
        <h2 id="spec-title">{text.spec.title}</h2>
        <div className="card-actions">
          <CopyButton label={text.spec.copy} content={json} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className="code spec" tabIndex={0} aria-label={text.spec.jsonLabel} role="group">
        {tokens.map((token, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move.
          <span key={index} className={`json-${token.kind}`}>
            {token.text}
          </span>
        ))}
      </pre>
      <p className="card-note">
        {text.spec.hash} <code>{sha256}</code>
      </p>
    </section>
  );
}

import { useMemo } from 'react';
import { Card } from '../design/Card';
import { CopyButton } from '../design/CopyButton';
import { ScrollRegion } from '../design/ScrollRegion';
import { HighlightedJson } from '../json/HighlightedJson';
import { text } from '../text/text';

/** The stored spec as JSON. */
export function Spec({ spec, sha256 }: { spec: unknown; sha256: string }) {
  const json = useMemo(() => JSON.stringify(spec, null, 2), [spec]);
  return (
    <Card title={text.spec.title} actions={<CopyButton label={text.spec.copy} content={json} />}>
      <ScrollRegion className="code spec scroll" label={text.spec.jsonLabel}>
        <pre>
          <HighlightedJson json={json} />
        </pre>
      </ScrollRegion>
      <p className="card-note">
        {text.spec.hash} <code>{sha256}</code>
      </p>
    </Card>
  );
}

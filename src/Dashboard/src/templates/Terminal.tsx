import { ScrollRegion } from '../design/ScrollRegion';
import { text } from '../text/text';

/** A minimal spec that trains without files. */
const spec = `{ "name": "first run", "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [64] } }`;

const curl = (data: string) =>
  `curl ${window.location.origin}/api/v1/runs \\\n  -H 'Content-Type: application/json' \\\n  -d ${data}`;

/** The same from a terminal. */
export function Terminal() {
  const commands = [
    `# ${text.templates.example}`,
    curl('@examples/xor.json'),
    '',
    `# ${text.templates.own}`,
    curl(`'${spec}'`),
  ].join('\n');
  return (
    <details>
      <summary>{text.templates.terminal}</summary>
      <ScrollRegion className="code" label={text.templates.terminal}>
        <pre>{commands}</pre>
      </ScrollRegion>
    </details>
  );
}

import type { SpecInput } from '../api/types';
import { Problem } from '../design/Problem';
import { text } from '../text/text';
import { quickstart, useQuickstart } from './quickstart';

/** Smallest spec that trains without any file: what a person can type. */
const spec = `{ "name": "first run", "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [64] } }`;

/** The first thing that a new user sees: what a run is, and two ways to start one. */
export function Welcome({ example = quickstart }: { example?: SpecInput | null }) {
  const submit = useQuickstart();
  const curl = (data: string) =>
    `curl ${window.location.origin}/api/v1/runs \\\n  -H 'Content-Type: application/json' \\\n  -d ${data}`;
  const commands = [
    `# ${text.welcome.curlQuickstart}`,
    curl('@examples/quickstart.json'),
    '',
    `# ${text.welcome.curlOwn}`,
    curl(`'${spec}'`),
  ].join('\n');
  return (
    <>
      <section className="message welcome">
        <h2>{text.welcome.title}</h2>
        <p>{text.welcome.text}</p>
        {example !== null && (
          <>
            <button
              type="button"
              className="button button-primary"
              aria-disabled={submit.isPending}
              onClick={() => !submit.isPending && submit.mutate(example)}
            >
              {submit.isPending ? text.welcome.quickstartBusy : text.welcome.quickstart}
            </button>
            <p>{text.welcome.quickstartText(datasetOf(example))}</p>
          </>
        )}
        <h3>{text.welcome.curlTitle}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <pre className="code" tabIndex={0}>
          {commands}
        </pre>
      </section>
      {submit.error !== null && <Problem title={text.welcome.failed} error={submit.error} />}
    </>
  );
}

const datasetOf = ({ data: { dataset } }: SpecInput): string => (typeof dataset === 'string' ? dataset : dataset.name);

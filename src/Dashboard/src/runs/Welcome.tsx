import { usePermissions } from '../access/permissions';
import type { SpecInput } from '../api/types';
import { Button } from '../design/Button';
import { Problem } from '../design/Problem';
import { ScrollRegion } from '../design/ScrollRegion';
import { findTemplate } from '../templates/templates';
import { useStart } from '../templates/useStart';
import { text } from '../text/text';

/** The quickstart, an example of the repository; null if the sources lack it. */
const quickstart = (findTemplate('quickstart')?.spec ?? null) as SpecInput | null;

/** A minimal spec that trains without files. */
const spec = `{ "name": "first run", "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [64] } }`;

/** Shown while there are no runs: what a run is, and two ways to start one. */
export function Welcome({ example = quickstart }: { example?: SpecInput | null }) {
  const submit = useStart();
  const may = usePermissions();
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
        {!may.submit && <p>{text.access.readOnly}</p>}
        {example !== null && may.submit && (
          <>
            <Button primary blocked={submit.isPending} onClick={() => submit.mutate(example)}>
              {submit.isPending ? text.welcome.quickstartBusy : text.welcome.quickstart}
            </Button>
            <p>{text.welcome.quickstartText(datasetOf(example))}</p>
          </>
        )}
        <h3>{text.welcome.curlTitle}</h3>
        <ScrollRegion className="code" label={text.welcome.curlTitle}>
          <pre>{commands}</pre>
        </ScrollRegion>
      </section>
      {submit.error !== null && <Problem title={text.welcome.failed} error={submit.error} />}
    </>
  );
}

const datasetOf = ({ data: { dataset } }: SpecInput): string => (typeof dataset === 'string' ? dataset : dataset.name);

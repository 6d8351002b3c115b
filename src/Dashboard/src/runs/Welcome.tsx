import { useMutation } from '@tanstack/react-query';
import { usePermissions } from '../access/permissions';
import { api, newIdempotencyKey, unwrap } from '../api/client';
import type { SpecInput } from '../api/types';
import { Button } from '../design/Button';
import { Problem } from '../design/Problem';
import { ScrollRegion } from '../design/ScrollRegion';
import { navigate } from '../navigation/navigation';
import { text } from '../text/text';

/** The quickstart of the repository, bundled at build time; null if the sources lack it. */
const found = import.meta.glob<SpecInput>('../../../../examples/quickstart.json', {
  eager: true,
  import: 'default',
});
const quickstart: SpecInput | null = Object.values(found)[0] ?? null;

/** Submits the quickstart and navigates to its page. */
function useQuickstart() {
  return useMutation({
    mutationFn: (spec: SpecInput) =>
      unwrap(api.POST('/api/v1/runs', { params: { header: { 'Idempotency-Key': newIdempotencyKey() } }, body: spec })),
    onSuccess: (run) => navigate(`/runs/${run.id}`),
  });
}

/** A minimal spec that trains without files. */
const spec = `{ "name": "first run", "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [64] } }`;

/** Shown while there are no runs: what a run is, and two ways to start one. */
export function Welcome({ example = quickstart }: { example?: SpecInput | null }) {
  const submit = useQuickstart();
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

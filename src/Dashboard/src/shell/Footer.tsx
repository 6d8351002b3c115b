import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../api/client';
import { text } from '../text/text';

/** What is at work: engine, version, dispatcher and store. */
export function Footer() {
  const { data } = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/system', { signal })),
    // A worker tells its engine some seconds after the service has started.
    refetchInterval: (query) => (query.state.data?.engine == null ? 5_000 : 60_000),
  });
  const engine = data?.engine;
  return (
    <footer className="footer">
      <dl aria-label={text.system.label}>
        <Fact name={text.system.engine} value={data && (engine ? engineName(engine) : text.system.noEngine)} />
        <Fact name={text.system.version} value={data?.version} />
        <Fact name={text.system.dispatcher} value={data?.dispatcher} />
        <Fact name={text.system.store} value={data && `PostgreSQL ${data.store.version} (${data.store.kind})`} />
      </dl>
      <a href="/swagger">{text.system.swagger}</a>
    </footer>
  );
}

const engineName = ({
  name,
  version,
  package: source,
}: {
  name: string;
  version: string;
  package: string | null;
}): string => (source === null ? `${name} ${version}` : `${name} ${version} (${source})`);

const Fact = ({ name, value }: { name: string; value: string | undefined }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value ?? text.system.unknown}</dd>
  </div>
);

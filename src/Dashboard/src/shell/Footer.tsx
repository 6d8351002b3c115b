import { engineName, useSystem } from '../system/useSystem';
import { text } from '../text/text';

/** What is at work: engine, version, dispatcher and store. */
export function Footer() {
  const { data } = useSystem(60_000);
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

const Fact = ({ name, value }: { name: string; value: string | undefined }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value ?? text.system.unknown}</dd>
  </div>
);

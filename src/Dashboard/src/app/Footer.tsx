import { showShortcuts } from '../navigation/useKeyDown';
import { engineName, useSystem } from '../system/useSystem';
import { text } from '../text/text';

/** Versions of the engine, the service and the store; the shortcuts; the API. */
export function Footer() {
  const { data } = useSystem(60_000);
  const facts = [
    [text.system.engine, data && engineName(data.engine)],
    [text.system.version, data?.version],
    [text.system.store, data && `PostgreSQL ${data.store.version} (${data.store.kind})`],
  ] as const;
  return (
    <footer className="footer row spread muted">
      <dl className="row" aria-label={text.system.label}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? text.system.unknown}</dd>
          </div>
        ))}
      </dl>
      <span className="row">
        <button type="button" className="link" onClick={showShortcuts}>
          {text.keys.title}
        </button>
        <a href="/swagger">{text.system.swagger}</a>
      </span>
    </footer>
  );
}

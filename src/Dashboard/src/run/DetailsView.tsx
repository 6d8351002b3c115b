import { useMemo } from 'react';
import type { RunDetail } from '../api/types';
import { Card } from '../design/Card';
import { CopyButton } from '../design/CopyButton';
import { ScrollRegion } from '../design/ScrollRegion';
import { HighlightedJson } from '../json/HighlightedJson';
import { at, type Json } from '../json/pointer';
import { Layers } from '../network/Layers';
import { changedSettings } from '../spec/changed';
import { compact } from '../spec/compact';
import { layoutOf } from '../spec/layout';
import { useCatalog } from '../spec/useCatalog';
import { text } from '../text/text';
import { Attempts } from './Attempts';
import { Events } from './Events';
import type { RunTabProps } from './history/status';
import { RunNotes } from './RunNotes';

/** The network, the spec, the notes, the events and the attempts of a run. */
export default function DetailsView({ run, status, history }: RunTabProps) {
  return (
    <div className="run-details pair">
      <div className="stack">
        <Layers layers={run.layers} />
        <Changed run={run} />
        <Spec run={run} />
      </div>
      <div className="stack">
        <RunNotes run={run} />
        <Events log={history.log} isCatchingUp={status.isCatchingUp} />
        <Attempts attempts={run.attempts} />
      </div>
    </div>
  );
}

/** The settings that differ from their defaults, by section. */
function Changed({ run: { spec } }: { run: RunDetail }) {
  const { data: catalog } = useCatalog();
  const sections = useMemo(() => {
    const document = spec as unknown as Json;
    if (catalog === undefined) {
      return [];
    }
    return layoutOf(catalog).flatMap((node) =>
      node.type === 'group'
        ? { name: node.name, settings: changedSettings(catalog, node.nodes, node.name, at(document, `/${node.name}`)) }
        : [],
    );
  }, [catalog, spec]);
  return (
    sections.some(({ settings }) => settings.length > 0) && (
      <Card title={text.spec.changed} className="changed">
        {sections.map(({ name, settings }) => (
          <section key={name}>
            <h3>{text.newRun.sections[name] ?? name}</h3>
            <dl>
              {settings.map(({ pointer, label, value }) => (
                <div key={pointer}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Card>
    )
  );
}

/** The stored spec as JSON, without what is not set. */
function Spec({ run: { spec, specSha256 } }: { run: RunDetail }) {
  const json = useMemo(() => JSON.stringify(compact(spec as unknown as Json), null, 2), [spec]);
  return (
    <Card title={text.spec.title} actions={<CopyButton label={text.spec.copy} content={json} />}>
      <ScrollRegion className="code spec scroll" label={text.spec.jsonLabel}>
        <pre>
          <HighlightedJson json={json} />
        </pre>
      </ScrollRegion>
      <p className="card-note">
        {text.spec.hash} <code>{specSha256}</code>
      </p>
    </Card>
  );
}

import { type RefObject, useMemo } from 'react';
import type { SpecCheck, SpecFinding } from '../api/types';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { useParam } from '../navigation/navigation';
import { Layers } from '../network/Layers';
import { NetworkChain } from '../network/NetworkChain';
import { findingMessage } from '../text/serverMessages';
import { text } from '../text/text';
import { JsonPane } from './JsonPane';
import type { SpecText } from './useSpecText';

const t = text.newRun;
const options = [
  { value: 'network', label: t.networkTab },
  { value: 'json', label: t.jsonTab },
] as const;

interface SpecViewsProps {
  check: SpecCheck | null;
  spec: SpecText;
  findings: readonly SpecFinding[];
  editor: RefObject<HTMLTextAreaElement | null>;
}

/** The spec as a network that is drawn live, or as JSON. The choice is in the URL. */
export function SpecViews({ check, spec, findings, editor }: SpecViewsProps) {
  const [view, setView] = useParam('view');
  // Broken JSON has no network, and only its editor can mend it.
  const shown = view === 'json' || !spec.reading.ok ? 'json' : 'network';
  const layers = check?.layers ?? [];
  return (
    <Card
      title={shown === 'json' ? t.json : text.layers.title}
      className="spec-views"
      actions={
        <Choice
          label={t.views}
          value={shown}
          options={options}
          onChange={(next) => setView(next === 'json' ? next : null)}
        />
      }
    >
      {shown === 'json' ? (
        <JsonPane spec={spec} findings={findings} editor={editor} />
      ) : layers.length > 0 ? (
        <NetworkChain layers={layers} />
      ) : (
        <p className="card-note">{t.noNetwork}</p>
      )}
    </Card>
  );
}

/** Every layer with its settings, on demand; or the layers up to the first one that does not fit, and why it does not. */
export function LayerDetails({ check }: { check: SpecCheck | null }) {
  const broken = useMemo(() => {
    const layer = check?.brokenLayer;
    const reason = check?.findings.find((finding) => finding.arguments.layer === layer?.name);
    return layer == null ? undefined : { layer, reason: reason === undefined ? '' : findingMessage(reason) };
  }, [check]);
  const layers = check?.layers ?? [];
  if (broken !== undefined) {
    return <Layers layers={layers} title={text.layers.tableLabel} broken={broken} />;
  }
  return (
    layers.length > 0 && (
      <details className="card form-section layer-details">
        <summary>
          <h2>{text.layers.tableLabel}</h2>
          <span className="section-summary">{t.layerDetails(layers.length)}</span>
        </summary>
        <Layers layers={layers} title={text.layers.tableLabel} />
      </details>
    )
  );
}

import { usePermissions } from '../access/permissions';
import type { Catalog, SpecFinding } from '../api/types';
import { Button } from '../design/Button';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { Problem } from '../design/Problem';
import { useSubmit } from '../newRun/useSubmit';
import { useCatalog } from '../spec/useCatalog';
import { integer } from '../text/format';
import { text } from '../text/text';
import { DataCard } from './DataCard';
import { epochsToSave, specToSave } from './document';
import { MoreSettings } from './MoreSettings';
import { NetworkCard } from './NetworkCard';
import { Notices } from './Notices';
import { OutputCard } from './OutputCard';
import { MainSettings, Transport } from './TrainingBar';
import { usePlayground } from './usePlayground';
import './playground.css';

const t = text.playground;
const nothingFound: readonly SpecFinding[] = [];

/** Points, network and decision on one screen, trained step by step. */
export function PlaygroundPage() {
  const may = usePermissions();
  const catalog = useCatalog();
  return (
    <>
      <PageTitle>{t.title}</PageTitle>
      {may.submit ? (
        <Loaded query={catalog} errorTitle={text.newRun.errorTitle} heights={[480]} label={text.newRun.loading}>
          {(data) => <Playground catalog={data} />}
        </Loaded>
      ) : (
        <p className="muted">{t.readOnly}</p>
      )}
    </>
  );
}

function Playground({ catalog }: { catalog: Catalog }) {
  const { settings, document, change, edit, client, state } = usePlayground();
  const submit = useSubmit(() => {});
  const frame = state?.frame ?? null;
  const findings = state?.findings ?? nothingFound;
  const epochs = frame === null ? 1 : epochsToSave(document, frame.epoch, frame.epochs);
  const title = catalog.techniques.find(({ kind, name }) => kind === 'dataset' && name === settings.dataset)?.title;
  const name = t.runName(title ?? settings.dataset, settings.layers.join('-'), settings.activation);
  const note = state?.isMixed === true ? t.mixed : t.saveNote(integer(epochs));
  const parts = { settings, change, catalog };
  return (
    <div className="playground">
      <div className="card playground-bar">
        <Transport settings={settings} change={change} client={client} state={state} />
        <div className="playground-save">
          <Button
            title={note}
            blocked={state?.phase !== 'ready' || frame === null || findings.length > 0 || submit.isPending}
            onClick={() => submit.mutate({ spec: specToSave(document, name, epochs) })}
          >
            {submit.isPending ? t.saving : t.save}
          </Button>
        </div>
        <MainSettings {...parts} />
        <MoreSettings {...{ catalog, document, findings, edit }} more={settings.more} />
        {state?.isMixed === true && <p className="card-note playground-mixed">{t.mixed}</p>}
      </div>
      <Notices state={state} onAgain={() => client?.again()} />
      {submit.isError && <Problem title={t.saveFailed} error={submit.error} />}
      <div className="playground-grid">
        <DataCard {...parts} />
        <NetworkCard settings={settings} change={change} state={state} />
        <OutputCard state={state} />
      </div>
    </div>
  );
}

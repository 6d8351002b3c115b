import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useContext, useId, useState } from 'react';
import { createPortal } from 'react-dom';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { errorMessage } from '../../design/Problem';
import { type Json, put } from '../../json/pointer';
import { placeOf } from '../../text/place';
import { settingText } from '../../text/settingText';
import { text } from '../../text/text';
import { useForm } from '../form/FormContext';
import { known, type StudyDraft } from './draft';
import type { Varied } from './parameters';
import { StudyContext } from './StudyContext';

type ImportedSpace = components['schemas']['ImportedSpace'];

const t = text.vary.import;
const maximumLength = 200_000;

/** Reads the search space of another tool into the form, and lists what did not map. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const form = useForm();
  const study = useContext(StudyContext);
  const [typed, setTyped] = useState('');
  const read = useMutation({
    mutationFn: (content: string) => unwrap(api.POST('/api/v1/studies/import', { body: { text: content } })),
  });
  const { data } = read;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (typed.trim() !== '') {
      read.mutate(typed.slice(0, maximumLength));
    }
  };
  const use = (space: ImportedSpace) => {
    study?.change((draft) => withImported(draft, space));
    if (space.constants.length > 0) {
      form.replace(withConstants(form.document, space));
    }
    onClose();
  };
  // Outside of the form of the spec, which it is opened from: forms do not nest.
  return createPortal(
    <Dialog title={t.title} onClose={onClose}>
      <form className="stack import" onSubmit={submit}>
        <p>{t.text}</p>
        <p>
          <label htmlFor={`${id}-file`}>{t.file}</label>{' '}
          <input
            id={`${id}-file`}
            type="file"
            accept=".yaml,.yml,.json,text/plain"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) {
                const content = await file.text();
                setTyped(content);
                read.mutate(content.slice(0, maximumLength));
              }
            }}
          />
        </p>
        <label htmlFor={id}>{t.content}</label>
        <textarea
          id={id}
          className="input import-text"
          rows={8}
          maxLength={maximumLength}
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {read.error !== null && (
          <p className="message message-danger" role="alert">
            {errorMessage(read.error)}
          </p>
        )}
        {data !== undefined && <Result space={data} />}
        <div className="dialog-actions row">
          <Button onClick={onClose}>{text.units.cancel}</Button>
          <Button type="submit" primary={data?.space == null} aria-disabled={typed.trim() === ''}>
            {t.read}
          </Button>
          {data?.space != null && (
            <Button primary onClick={() => use(data)}>
              {t.use}
            </Button>
          )}
        </div>
      </form>
    </Dialog>,
    document.body,
  );
}

function Result({ space }: { space: ImportedSpace }) {
  const { catalog } = useForm();
  const parameters = space.space?.parameters ?? [];
  return (
    <div role="status" className="stack">
      <p>
        <b>
          {space.format === null
            ? t.unknownFormat
            : t.found(t.formats[space.format], parameters.length, space.constants.length)}
        </b>
      </p>
      {(parameters.length > 0 || space.constants.length > 0) && (
        <ul className="import-list">
          {parameters.map(({ name, pointers }) => (
            <li key={name}>
              {name} <span className="muted">{pointers.map(placeOf).join(', ')}</span>
            </li>
          ))}
          {space.constants.map(({ name, value }) => (
            <li key={name}>
              {name} = {settingText(value, catalog)}
            </li>
          ))}
        </ul>
      )}
      {space.unmapped.length > 0 && (
        <>
          <p>{t.unmapped(space.unmapped.length)}</p>
          <ul className="import-list import-unmapped">
            {space.unmapped.map(({ path = '', reason = 'unsupported', detail = '' }) => (
              <li key={`${path} ${reason} ${detail}`}>
                {path !== '' && <code>{path}</code>} {t.reasons[reason]}
                {detail !== '' && `: ${detail}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** The space replaces what varies; of the rest, only what the file says. */
const withImported = (draft: StudyDraft, space: ImportedSpace): StudyDraft => ({
  ...draft,
  parameters: (space.space?.parameters ?? []).map((parameter) => known(parameter) as unknown as Varied),
  method: space.method === null ? draft.method : (known(space.method) as unknown as StudyDraft['method']),
  metric: space.metric ?? draft.metric,
  stopping: space.stopping === null ? draft.stopping : (known(space.stopping) as unknown as StudyDraft['stopping']),
  trials: space.trials ?? draft.trials,
  parallelism: space.parallelism ?? draft.parallelism,
});

const withConstants = (document: Json, { constants }: ImportedSpace): Json =>
  constants.reduce<Json>(
    (spec, { pointer, value }) => (pointer === undefined ? spec : put(spec, pointer, value as Json)),
    document,
  );

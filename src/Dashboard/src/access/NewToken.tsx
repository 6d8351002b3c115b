import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef } from 'react';
import { api, unwrap } from '../api/client';
import { serverNow } from '../api/serverClock';
import { type AccessScope, scopes } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { CopyButton } from '../design/CopyButton';
import { errorMessage } from '../design/Problem';
import { text } from '../text/text';

const t = text.access.tokens;

/** Days until a token expires; 0 for never. */
const lifetimes = [7, 30, 90, 365, 0] as const;
const defaultLifetime = 90;

const millisecondsPerDay = 86_400_000;

interface NewTokenRequest {
  readonly name: string;
  readonly scope: AccessScope;
  readonly expiresAt: string | null;
}

function read(form: FormData): NewTokenRequest {
  const days = Number(form.get('lifetime'));
  return {
    name: String(form.get('name') ?? '').trim(),
    scope: String(form.get('scope')) as AccessScope,
    expiresAt: days === 0 ? null : new Date(serverNow() + days * millisecondsPerDay).toISOString(),
  };
}

/** Creates a token and shows it once: the service stores only its hash. */
export function NewToken({ onCreated }: { onCreated: () => void }) {
  const id = useId();
  const name = useRef<HTMLInputElement>(null);
  const create = useMutation({
    mutationFn: (body: NewTokenRequest) => unwrap(api.POST('/api/v1/tokens', { body })),
    onSuccess: () => {
      if (name.current !== null) {
        name.current.value = '';
      }
      onCreated();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const request = read(new FormData(event.currentTarget));
    if (request.name === '') {
      name.current?.focus();
    } else if (!create.isPending) {
      create.mutate(request);
    }
  };
  return (
    <Card title={t.newTitle}>
      <form className="new-token row" onSubmit={submit} noValidate>
        <div className="stack">
          <label className="muted" htmlFor={`${id}-name`}>
            {t.columns.name}
          </label>
          <input
            ref={name}
            id={`${id}-name`}
            name="name"
            className="input"
            maxLength={100}
            required
            autoComplete="off"
            placeholder={t.namePlaceholder}
          />
        </div>
        <div className="stack">
          <label className="muted" htmlFor={`${id}-scope`}>
            {t.columns.scope}
          </label>
          <select
            id={`${id}-scope`}
            name="scope"
            className="input"
            defaultValue="submit"
            aria-describedby={`${id}-scopes`}
          >
            {scopes.map((scope) => (
              <option key={scope} value={scope}>
                {text.access.scopes[scope]}
              </option>
            ))}
          </select>
        </div>
        <div className="stack">
          <label className="muted" htmlFor={`${id}-lifetime`}>
            {t.columns.expires}
          </label>
          <select id={`${id}-lifetime`} name="lifetime" className="input" defaultValue={defaultLifetime}>
            {lifetimes.map((days) => (
              <option key={days} value={days}>
                {days === 0 ? t.noExpiry : t.inDays(days)}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" primary aria-disabled={create.isPending}>
          {t.create}
        </Button>
      </form>
      <p id={`${id}-scopes`} className="card-note">
        {t.scopesNote}
      </p>
      {create.error !== null && (
        <p role="alert" className="access-error">
          {t.createFailed}: {errorMessage(create.error)}
        </p>
      )}
      {create.data !== undefined && (
        <CreatedToken key={create.data.id} name={create.data.name} token={create.data.token} />
      )}
    </Card>
  );
}

function CreatedToken({ name, token }: { name: string; token: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <div className="message created-token" role="status">
      <label htmlFor={id}>{t.created(name)}</label>
      <div className="row">
        <input
          ref={field}
          id={id}
          className="input mono"
          value={token}
          readOnly
          spellCheck={false}
          autoComplete="off"
        />
        <CopyButton label={t.copy} content={token} />
      </div>
    </div>
  );
}

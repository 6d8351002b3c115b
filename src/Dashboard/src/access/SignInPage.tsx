import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { ApiError } from '../api/problem';
import type { Session } from '../api/types';
import { Button } from '../design/Button';
import { PageTitle } from '../design/PageTitle';
import { errorMessage } from '../design/Problem';
import { text } from '../text/text';
import { useSignIn } from './session';
import './access.css';

const t = text.access;

/** Asks for a token, in place of the page at the current address. With a provider, its access tokens are accepted too. */
export function SignInPage({ provider }: Pick<Session, 'provider'>) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const { mutate, error, isPending } = useSignIn();
  const message = isEmpty ? t.tokenMissing : error === null ? null : messageOf(error);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (error !== null) {
      field.current?.select();
    }
  }, [error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = field.current?.value.trim() ?? '';
    setIsEmpty(token === '');
    if (token === '') {
      field.current?.focus();
    } else if (!isPending) {
      mutate(token);
    }
  };
  return (
    <form className="card stack tight sign-in" onSubmit={submit} noValidate>
      <PageTitle>{t.signIn}</PageTitle>
      <p className="muted">{provider === null ? t.signInText : t.signInTextWith(hostOf(provider))}</p>
      {/* Password managers store a name with a password. */}
      <input
        className="visually-hidden"
        autoComplete="username"
        defaultValue={text.appName}
        tabIndex={-1}
        aria-hidden
      />
      <label htmlFor={id}>{t.token}</label>
      <input
        ref={field}
        id={id}
        className="input"
        type="password"
        name="password"
        autoComplete="current-password"
        spellCheck={false}
        aria-invalid={message !== null}
        aria-describedby={`${id}-message`}
      />
      <p id={`${id}-message`} role="alert" className="sign-in-message">
        {message}
      </p>
      <Button type="submit" primary aria-disabled={isPending}>
        {isPending ? t.signingIn : t.signIn}
      </Button>
      <p className="card-note">{t.signInHelp}</p>
      {provider !== null && <p className="card-note">{t.signInHelpWith(hostOf(provider))}</p>}
    </form>
  );
}

const messageOf = (error: Error): string => {
  const status = error instanceof ApiError ? error.problem.status : 0;
  return status === 401 ? t.tokenRefused : status === 403 ? t.tokenWithoutScope : errorMessage(error);
};

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);

import { text } from '../text/text';
import { useSession, useSignOut } from './session';
import './access.css';

/** Who is signed in, and the way out; nothing without authentication. */
export function Account() {
  const { authentication, name, scope } = useSession();
  const { mutate, isPending, isError } = useSignOut();
  if (authentication === 'none' || scope === null) {
    return null;
  }
  return (
    <div className="account row" role="group" aria-label={text.access.account}>
      <span className="account-name" title={text.access.signedInAs(name ?? '', text.access.scopes[scope])}>
        {name}
      </span>
      <button
        type="button"
        className="switch row muted"
        aria-disabled={isPending}
        onClick={() => !isPending && mutate()}
      >
        {text.access.signOut}
      </button>
      {isError && (
        <span role="alert" className="visually-hidden">
          {text.access.signOutFailed}
        </span>
      )}
    </div>
  );
}

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
  // A phone has no room for the name.
  const signedIn = text.access.signedInAs(name ?? '', text.access.scopes[scope]);
  return (
    <div className="account row" role="group" aria-label={signedIn} title={signedIn}>
      <span className="account-name">{name}</span>
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

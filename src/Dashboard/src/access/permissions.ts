import { text } from '../text/text';
import { useSession } from './session';

export interface Permissions {
  /** Whether new runs may be submitted. */
  readonly submit: boolean;
  /** Whether there are tokens, and they may be managed. */
  readonly tokens: boolean;
  /** Why runs may not be changed; null if they may. With the scope submit, they are the runs of the own name. */
  readonly againstChanging: (runs: readonly { readonly createdBy: string | null }[]) => string | null;
}

/** What the scope of the session permits. The service decides; the page does not offer what it would refuse. */
export function usePermissions(): Permissions {
  const { authentication, name, scope } = useSession();
  const isAdmin = authentication === 'none' || scope === 'admin';
  const submit = isAdmin || scope === 'submit';
  return {
    submit,
    tokens: isAdmin && authentication !== 'none',
    againstChanging: (runs) =>
      !submit
        ? text.access.readOnly
        : isAdmin || runs.every(({ createdBy }) => createdBy === name)
          ? null
          : text.access.ownRunsOnly,
  };
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api, ensureOk, unwrap } from '../api/client';
import type { Session } from '../api/types';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/session', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Whether a person has to sign in before the service answers anything else. */
export const isSignedOut = ({ authentication, scope }: Session): boolean => authentication !== 'none' && scope === null;

/** Without authentication everybody may do everything. */
const openSession: Session = { authentication: 'none', name: null, scope: null, provider: null };

/** Who uses the page. */
export const SessionContext = createContext(openSession);
export const useSession = (): Session => useContext(SessionContext);

/** Exchanges a token for a session cookie. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => unwrap(api.POST('/api/v1/session', { body: { token } })),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, session),
  });
}

/** Ends the session; what it has loaded is forgotten with it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ensureOk(api.DELETE('/api/v1/session')),
    onSuccess: async () => {
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    },
  });
}

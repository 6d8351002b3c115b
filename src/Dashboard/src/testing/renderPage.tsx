import { QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { SessionContext } from '../access/session';
import { createQueryClient } from '../api/queryClient';
import type { Session } from '../api/types';
import { LiveProvider } from '../live/LiveProvider';
import { type ScriptedHub, scriptedConnection } from './ScriptedHub';

type Answer = (request: Request) => unknown;

/** Stubs the API by "METHOD /path"; anything else is a 404. */
export function serve(routes: Record<string, Answer>): Request[] {
  const requests: Request[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const request = input as Request;
    requests.push(request);
    const answer = await routes[`${request.method} ${new URL(request.url).pathname}`]?.(request);
    return answer instanceof Response
      ? answer
      : answer === undefined
        ? Response.json({ title: 'Not found', status: 404 }, { status: 404 })
        : Response.json(answer);
  });
  return requests;
}

/**
 * Renders a page at a URL (null: at the present one), with a scripted live connection; without a session, authentication is off.
 */
export async function renderPage(
  page: ReactNode,
  address: string | null = '/',
  session?: Session,
): Promise<ScriptedHub> {
  if (address !== null) {
    window.history.replaceState(null, '', address);
  }
  const { hub, connection } = scriptedConnection();
  render(
    <QueryClientProvider client={createQueryClient()}>
      <LiveProvider connection={connection}>
        {session === undefined ? page : <SessionContext value={session}>{page}</SessionContext>}
      </LiveProvider>
    </QueryClientProvider>,
  );
  await act(async () => {});
  return hub;
}

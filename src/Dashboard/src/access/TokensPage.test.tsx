// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AccessToken, Session } from '../api/types';
import { renderPage, serve } from '../testing/renderPage';
import { TokensPage } from './TokensPage';

const root: Session = { authentication: 'tokens', name: 'root', scope: 'admin', provider: null };

const token = (name: string, changes: Partial<AccessToken> = {}): AccessToken => ({
  id: `id-of-${name}`,
  name,
  scope: 'submit',
  createdBy: 'root',
  createdAt: '2026-11-21T08:00:00Z',
  lastUsedAt: null,
  expiresAt: null,
  revokedAt: null,
  use: { queuedRuns: 2, runningRuns: 1, storedBytes: 3_400_000 },
  ...changes,
});

/** A service with these tokens. */
function service(...tokens: AccessToken[]) {
  const state = { tokens };
  const requests = serve({
    'GET /api/v1/tokens': () => ({ items: state.tokens }),
    'POST /api/v1/tokens': async (request) => {
      const created = token('', await request.clone().json());
      state.tokens = [...state.tokens, created];
      return Response.json({ ...created, token: 'ty_secret' }, { status: 201 });
    },
    'DELETE /api/v1/tokens/id-of-ci': () => {
      state.tokens = state.tokens.filter(({ name }) => name !== 'ci');
      return new Response(null, { status: 204 });
    },
  });
  return requests;
}

const row = async (name: string) => (await screen.findByRole('rowheader', { name })).closest('tr') as HTMLElement;

describe('TokensPage', () => {
  it('lists tokens with scope, creator, last use and expiry', async () => {
    service(
      token('root', { scope: 'admin', createdBy: null, lastUsedAt: new Date().toISOString() }),
      token('old', { expiresAt: '2026-01-01T00:00:00Z' }),
      token('gone', { revokedAt: '2026-11-22T08:00:00Z' }),
    );
    await renderPage(<TokensPage />, '/tokens', root);
    expect((await row('root')).textContent).toMatch(/Admin–.*2 queued, 1 running, 3.4 MBjust nownever/);
    expect((await row('old')).textContent).toMatch(/Submitroot.*neverExpired/);
    expect(screen.queryByText('gone')).toBeNull();
  });

  it('creates a token and shows it once', async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: { writeText } } }));
    const requests = service(token('root'));
    await renderPage(<TokensPage />, '/tokens', root);
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: ' ci ' } });
    fireEvent.change(screen.getByLabelText('Scope'), { target: { value: 'read' } });
    fireEvent.change(screen.getByLabelText('Expires'), { target: { value: '7' } });
    fireEvent.click(screen.getByRole('button', { name: 'Create token' }));
    const shown = await screen.findByLabelText<HTMLInputElement>(/The token of “ci”/);
    expect(shown.value).toBe('ty_secret');
    fireEvent.click(screen.getByRole('button', { name: 'Copy token' }));
    expect(writeText).toHaveBeenCalledWith('ty_secret');
    await row('ci');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('');
    const sent = await requests.find(({ method }) => method === 'POST')?.json();
    expect(sent).toMatchObject({ name: 'ci', scope: 'read' });
    expect((new Date(sent.expiresAt).getTime() - Date.now()) / 86_400_000).toBeCloseTo(7, 2);
  });

  it('sends no token without a name, and says why one was refused', async () => {
    const requests = service(token('root'));
    await renderPage(<TokensPage />, '/tokens', root);
    fireEvent.click(await screen.findByRole('button', { name: 'Create token' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
    expect(requests.every(({ method }) => method === 'GET')).toBe(true);
    serve({
      'POST /api/v1/tokens': () => Response.json({ title: 'The name is taken', status: 409 }, { status: 409 }),
    });
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'ci' } });
    fireEvent.click(screen.getByRole('button', { name: 'Create token' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The name is taken');
  });

  it('revokes after a confirmation, with a warning for the own token', async () => {
    const requests = service(token('root'), token('ci'));
    await renderPage(<TokensPage />, '/tokens', root);
    fireEvent.click(within(await row('root')).getByRole('button', { name: 'Revoke root' }));
    expect(screen.getByRole('dialog').textContent).toContain('will be signed out');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    fireEvent.click(within(await row('ci')).getByRole('button', { name: 'Revoke ci' }));
    expect(requests.some(({ method }) => method === 'DELETE')).toBe(false);
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(screen.queryByRole('rowheader', { name: 'ci' })).toBeNull());
  });

  it.each(['read', 'submit'] as const)('requests nothing with the scope %s', async (scope) => {
    const requests = service(token('root'));
    await renderPage(<TokensPage />, '/tokens', { ...root, scope });
    expect(screen.getByText('Only administrators can see and create tokens.')).toBeDefined();
    expect(requests).toHaveLength(0);
  });
});

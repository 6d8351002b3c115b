// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../api/queryClient';
import type { Session } from '../api/types';
import { serve } from '../testing/renderPage';
import { scriptedConnection } from '../testing/ScriptedHub';
import { summary } from '../testing/samples';
import { App } from './App';

const nobody: Session = { authentication: 'tokens', name: null, scope: null, provider: null };
const ada: Session = { authentication: 'tokens', name: 'ada', scope: 'submit', provider: null };
const unauthorized = () => Response.json({ title: 'Not signed in', status: 401 }, { status: 401 });

/** A service that knows the token "good", with one run. */
function service(session: Session = nobody) {
  const state = { session };
  const requests = serve({
    'GET /api/v1/session': () => state.session,
    'POST /api/v1/session': async (request) => {
      const { token } = (await request.json()) as { token: string };
      if (token !== 'good') {
        return unauthorized();
      }
      state.session = ada;
      return state.session;
    },
    'DELETE /api/v1/session': () => {
      state.session = nobody;
      return new Response(null, { status: 204 });
    },
    'GET /api/v1/runs': () => (state.session.scope === null ? unauthorized() : { items: [summary()], next: null }),
  });
  return { state, requests };
}

async function open(address = '/runs') {
  window.history.replaceState(null, '', address);
  const { connection, hub } = scriptedConnection();
  render(
    <QueryClientProvider client={createQueryClient()}>
      <App connection={connection} />
    </QueryClientProvider>,
  );
  await act(async () => {});
  return hub;
}

const field = () => screen.findByLabelText<HTMLInputElement>('Token');

async function signIn(token: string) {
  fireEvent.change(await field(), { target: { value: token } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('App', () => {
  it('asks for a token before anything else', async () => {
    const { requests } = service();
    await open('/runs?state=failed');
    await waitFor(async () => expect(document.activeElement).toBe(await field()));
    expect((await field()).autocomplete).toBe('current-password');
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual(['GET /api/v1/session']);
  });

  it('shows the page of the address after signing in', async () => {
    const { requests } = service();
    await open('/runs?q=cnn');
    await signIn(' good\n');
    expect(await screen.findByText('small cnn')).toBeDefined();
    expect(window.location.search).toBe('?q=cnn');
    expect(screen.getByRole('group', { name: /^Signed in as ada/ }).textContent).toContain('ada');
    expect(requests.filter(({ url }) => url.includes('/runs?')).every(({ url }) => url.includes('q=cnn'))).toBe(true);
  });

  it.each([
    ['', 'Paste a token.'],
    ['bad', 'Not a valid token'],
  ])('says what is wrong with the token "%s", and keeps the focus', async (token, message) => {
    service();
    await open();
    await signIn(token);
    await screen.findByText(new RegExp(message));
    expect(await field()).toBe(document.activeElement);
    expect((await field()).getAttribute('aria-invalid')).toBe('true');
    expect((await field()).getAttribute('aria-describedby')).toBe(screen.getByRole('alert').id);
  });

  it('names the provider whose tokens are accepted too, and says when one gives no access', async () => {
    service({ ...nobody, provider: 'https://login.example/realms/lab' });
    await open();
    await field();
    expect(screen.getByText(/an access token of login\.example\./)).toBeDefined();
    serve({
      'GET /api/v1/session': () => nobody,
      'POST /api/v1/session': () => Response.json({ title: 'Not allowed', status: 403 }, { status: 403 }),
    });
    await signIn('eyJhbGciOi');
    expect(await screen.findByText(/gives no access to this service/)).toBeDefined();
  });

  it('says when the service limits the attempts', async () => {
    const { requests } = service();
    await open();
    serve({
      'GET /api/v1/session': () => nobody,
      'POST /api/v1/session': () =>
        Response.json({ title: 'Too many requests', detail: 'Try again in 30 s.', status: 429 }, { status: 429 }),
    });
    await signIn('good');
    expect((await screen.findByText(/Try again in 30 s/)).getAttribute('role')).toBe('alert');
    expect(requests).toHaveLength(1);
  });

  it('asks again when the session has ended, and returns to the page', async () => {
    const { state } = service(ada);
    await open('/runs');
    await screen.findByText('small cnn');
    state.session = nobody;
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'cnn' } });
    await signIn('good');
    expect(await screen.findByText('small cnn')).toBeDefined();
    expect(window.location.search).toBe('?q=cnn');
  });

  it('forgets what it has shown when somebody signs out', async () => {
    const { requests } = service(ada);
    await open('/runs');
    fireEvent.click(await screen.findByLabelText('Select small cnn'));
    expect(screen.getByText('1 run selected')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    await field();
    expect(screen.queryByText('small cnn')).toBeNull();
    expect(requests.at(-1)?.url).toContain('/api/v1/session');
    await signIn('good');
    const before = requests.filter(({ url }) => url.includes('/runs?')).length;
    await screen.findByText('small cnn');
    expect(requests.filter(({ url }) => url.includes('/runs?')).length).toBeGreaterThanOrEqual(before);
    expect(screen.queryByText('1 run selected')).toBeNull();
  });

  it('has neither account nor tokens without authentication', async () => {
    service({ authentication: 'none', name: null, scope: null, provider: null });
    serve({
      'GET /api/v1/session': () => ({ authentication: 'none', name: null, scope: null, provider: null }),
      'GET /api/v1/runs': () => ({ items: [summary()], next: null }),
    });
    await open('/runs');
    await screen.findByText('small cnn');
    expect(screen.queryByRole('group', { name: /^Signed in/ })).toBeNull();
    expect(screen.getAllByRole('link').map((link) => link.textContent)).not.toContain('Tokens');
  });

  it('scrolls the page in the navigation into sight', async () => {
    serve({ 'GET /api/v1/runs': () => ({ items: [summary()], next: null }) });
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      return (this.matches('[aria-current]') ? { left: 600, width: 100 } : { left: 0, width: 390 }) as DOMRect;
    });
    await open('/runs');
    const navigation = (await screen.findByRole('link', { name: 'Runs' })).parentElement;
    expect(navigation?.scrollLeft).toBe(455);
  });

  it('shows the pages when the session cannot be read', async () => {
    serve({ 'GET /api/v1/runs': () => ({ items: [summary()], next: null }) });
    await open('/runs');
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('opens the form by the key n, not while somebody types or may not submit', async () => {
    service({ ...ada, authentication: 'none' });
    await open('/runs');
    fireEvent.keyDown(await screen.findByRole('searchbox'), { key: 'n' });
    expect(window.location.pathname).toBe('/runs');
    fireEvent.keyDown(window, { key: 'n' });
    expect(window.location.pathname).toBe('/new');
  });

  it('lists the shortcuts by the key ? on every page, not while somebody types', async () => {
    service({ ...ada, authentication: 'none' });
    await open('/runs');
    fireEvent.keyDown(await screen.findByRole('searchbox'), { key: '?' });
    expect(screen.queryByRole('dialog')).toBeNull();
    fireEvent.keyDown(window, { key: '?' });
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(Array.from(dialog.querySelectorAll('kbd'), ({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['n', 'p', '?', 'x', '1 … 9', 'F1', 'Ctrl+Enter']),
    );
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    // And by the button of the page.
    fireEvent.click(screen.getByRole('button', { name: 'Shortcuts' }));
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined();
  });

  it('does not open the form by the key n for those who may only read', async () => {
    service({ ...ada, scope: 'read' });
    await open('/runs');
    await screen.findByRole('searchbox');
    fireEvent.keyDown(window, { key: 'n' });
    expect(window.location.pathname).toBe('/runs');
  });
});

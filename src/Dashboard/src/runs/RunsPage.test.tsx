// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { summary } from '../testing/samples';
import { RunsPage } from './RunsPage';
import { Welcome } from './Welcome';

const first = summary();
const page = (items: unknown[], next: string | null = null) => ({ items, next });

describe('RunsPage', () => {
  it('shows the runs that the service has', async () => {
    serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />);
    const row = (await screen.findByText('small cnn')).closest('tr');
    expect(row?.textContent).toContain('Running');
    expect(row?.textContent).toContain('epoch 2 of 4');
    expect(row?.textContent).toContain('75.00%');
    expect(document.title).toBe('Runs · Trainyard');
  });

  it('updates a row and adds a new run without asking again', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    const hub = await renderPage(<RunsPage />);
    await screen.findByText('small cnn');
    await waitFor(() => expect(hub.newest('WatchRuns')).toBeDefined());
    // The hub opens with what changed since: nothing. The list is asked for again, because it may be older than the stream.
    act(() => hub.newest('WatchRuns').send([]));
    await waitFor(() => expect(requests).toHaveLength(2));
    act(() =>
      hub
        .newest('WatchRuns')
        .send([
          { ...first, state: 'succeeded', progress: 1, epoch: 4, lastSeq: 20 },
          summary({ id: '019a0000-0000-7000-8000-000000000002', name: 'the next' }),
        ]),
    );
    await screen.findByText('the next');
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getByRole('link').textContent)).toEqual(['the next', 'small cnn']);
    expect(rows[1]?.textContent).toContain('Succeeded');
    expect(requests).toHaveLength(2);
  });

  it('asks with the filter in the address, and writes it there', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/?state=running&experiment=batch+norm');
    await screen.findByText('small cnn');
    expect(requests[0]?.url).toContain('state=running&experiment=batch%20norm');
    fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await waitFor(() => expect(window.location.search).toBe('?state=running&state=failed&experiment=batch+norm'));
    expect(screen.getByRole('button', { name: 'Failed' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('loads older runs on demand', async () => {
    serve({
      'GET /api/v1/runs': ({ url }) =>
        url.includes('after=cursor') ? page([summary({ id: '0', name: 'older' })]) : page([first], 'cursor'),
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByRole('button', { name: 'Show older runs' }));
    expect(await screen.findByText('older')).toBeDefined();
    expect(screen.getByText('All 2 runs')).toBeDefined();
  });

  it('explains when no run matches, and clears the filter', async () => {
    serve({ 'GET /api/v1/runs': ({ url }) => page(url.includes('state=') ? [] : [first]) });
    await renderPage(<RunsPage />, '/?state=failed');
    await screen.findByText('No run matches these filters');
    fireEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('tells why the runs cannot be shown, and tries again', async () => {
    let fails = true;
    serve({
      'GET /api/v1/runs': () =>
        fails
          ? Response.json({ title: 'Bad cursor', detail: 'The cursor is not one of ours.' }, { status: 400 })
          : page([first]),
    });
    await renderPage(<RunsPage />);
    expect((await screen.findByRole('alert')).textContent).toContain('The cursor is not one of ours.');
    fails = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('welcomes a new user', async () => {
    serve({ 'GET /api/v1/runs': () => page([]) });
    await renderPage(<RunsPage />);
    expect((await screen.findByText(/curl http/)).textContent).toContain('/api/v1/runs');
  });
});

const example = { name: 'quickstart', data: { dataset: 'fashion-mnist' }, model: { kind: 'mlp' } } as const;

describe('Welcome', () => {
  it('submits the example once, with a key, and opens the run', async () => {
    const requests = serve({ 'POST /api/v1/runs': () => Response.json({ id: 'new-run' }, { status: 201 }) });
    await renderPage(<Welcome example={example} />);
    fireEvent.click(screen.getByRole('button', { name: 'Run the quickstart' }));
    await waitFor(() => expect(window.location.pathname).toBe('/runs/new-run'));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(await requests[0]?.json()).toMatchObject({ name: 'quickstart' });
  });

  it('lists what the service finds wrong', async () => {
    const finding = { severity: 'error', pointer: '/data', message: 'is missing', found: null, allowed: '', fix: '' };
    serve({
      'POST /api/v1/runs': () =>
        Response.json({ title: 'The spec is not valid', findings: [finding] }, { status: 422 }),
    });
    await renderPage(<Welcome example={example} />);
    fireEvent.click(screen.getByRole('button', { name: 'Run the quickstart' }));
    expect((await screen.findByRole('alert')).textContent).toContain('/data is missing');
  });
});

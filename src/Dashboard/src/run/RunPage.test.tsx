// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { detail, entry, epoch, progress, started, state } from '../testing/samples';
import { RunPage } from './RunPage';

const id = detail().id;
const path = `/api/v1/runs/${id}`;
const running = detail({ lastSeq: 2, attempts: [] });
const events = [entry(1, state('running')), entry(2, started()), entry(3, progress(5)), entry(4, epoch(1))];

const figure = (name: string) => screen.getByText(name).closest('div')?.textContent;

// The chart engine draws nothing without a layout; the numbers are in the legend and the table.
vi.mock('../charts/LineCanvas', () => ({ default: () => null }));

describe('RunPage', () => {
  it('shows what the events say as they come', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />);
    await screen.findByRole('heading', { name: 'small cnn' });
    await waitFor(() => expect(hub.newest('Subscribe').args).toEqual([id, 0]));
    act(() => hub.newest('Subscribe').send(events));
    await waitFor(() => expect(figure('Best validation accuracy')).toContain('54.00%'));
    expect(screen.getByText('25% · epoch 1 of 4')).toBeDefined();
    act(() => hub.newest('Subscribe').send([entry(5, progress(15)), entry(6, epoch(2))]));
    await waitFor(() => expect(figure('Best validation accuracy')).toContain('58.00%in epoch 2'));
  });

  it('has every number of the curves in the table, once, after a lost connection', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />, '/?accuracy=table');
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    act(() => hub.newest('Subscribe').send(events));
    act(() => hub.drop());
    await waitFor(() => expect(hub.newest('Subscribe').args).toEqual([id, 4]), { timeout: 3_000 });
    act(() => hub.newest('Subscribe').send([entry(4, epoch(1)), entry(5, epoch(2)), entry(6, epoch(3))]));
    const table = await screen.findByRole('group', { name: 'Accuracy' });
    await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(4));
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.firstChild?.textContent),
    ).toEqual(['1', '2', '3']);
  });

  it('cancels after a question', async () => {
    const requests = serve({
      [`GET ${path}`]: () => running,
      [`POST ${path}/cancel`]: () => Response.json({ ...running, cancelRequested: true }, { status: 202 }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel run' }));
    expect(requests.filter((request) => request.method === 'POST')).toHaveLength(0);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the run' }));
    expect(await screen.findByText(/^Cancelling was asked for/)).toBeDefined();
    expect(requests.filter((request) => request.method === 'POST')).toHaveLength(1);
  });

  it('says why the service did not cancel', async () => {
    serve({
      [`GET ${path}`]: () => running,
      [`POST ${path}/cancel`]: () => Response.json({ title: 'Wrong state', detail: 'It is over.' }, { status: 409 }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel run' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the run' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is over.');
  });

  it.each([
    ['succeeded', 'Nothing to cancel: the run has succeeded.'],
    ['cancelled', 'Nothing to cancel: the run was cancelled.'],
  ] as const)('says why a run that is %s cannot be cancelled', async (over, reason) => {
    serve({ [`GET ${path}`]: () => detail({ state: over }) });
    await renderPage(<RunPage id={id} />);
    const button = await screen.findByRole('button', { name: 'Cancel run' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText(reason).id).toBe(button.getAttribute('aria-describedby'));
  });

  it('shows a failure in full', async () => {
    const failure = { class: 'out_of_memory', message: 'Needed 3 GB.\nUse a smaller batch.' } as const;
    serve({ [`GET ${path}`]: () => detail({ state: 'failed', failure }) });
    await renderPage(<RunPage id={id} />);
    expect((await screen.findByTestId('failure')).textContent).toBe(
      'Failed: Out of memoryNeeded 3 GB.\nUse a smaller batch.',
    );
  });

  it('filters the events to what is prominent, in the address', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />);
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    act(() => hub.newest('Subscribe').send([...events, entry(5, { type: 'notice', message: 'Mind this.' })]));
    expect(await screen.findByText('Mind this.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Notices and states' }));
    expect(window.location.search).toBe('?events=prominent');
    expect(document.querySelectorAll('.event-epoch')).toHaveLength(0);
    expect(screen.getByText('Mind this.')).toBeDefined();
  });

  it('tells a run that does not exist', async () => {
    serve({});
    await renderPage(<RunPage id="nowhere" />);
    expect(await screen.findByRole('heading', { name: 'No such run' })).toBeDefined();
  });
});

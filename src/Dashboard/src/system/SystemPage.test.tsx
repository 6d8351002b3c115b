// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SystemState } from '../api/types';
import { renderPage, serve } from '../testing/renderPage';
import { SystemPage } from './SystemPage';

const system: SystemState = {
  version: '1.2.3',
  engine: { package: 'system', name: 'libtorch', version: '1.13.1' },
  dispatcher: 'lease',
  store: { kind: 'embedded', version: '15.18' },
  role: 'all',
  startedAt: '2026-11-21T08:00:00Z',
  workers: [
    {
      id: 'worker-1',
      host: 'yard',
      queues: ['cpu'],
      slots: 3,
      startedAt: '2026-11-21T08:00:00Z',
      seenAt: '2026-11-21T08:00:05Z',
      alive: true,
    },
  ],
  queue: { queued: 2, running: 1 },
};

describe('SystemPage', () => {
  it('shows queue, workers and service', async () => {
    serve({ 'GET /api/v1/system': () => system });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByText('Free places')).closest('div')?.textContent).toContain('2of 3 places');
    expect(screen.getByText('worker-1').closest('tr')?.textContent).toContain('Alive');
    expect(screen.getByText('libtorch 1.13.1 (system)')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('warns when runs wait and no worker is alive', async () => {
    serve({
      'GET /api/v1/system': () => ({ ...system, workers: system.workers.map((one) => ({ ...one, alive: false })) }),
    });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByRole('alert')).textContent).toContain('2 runs wait');
    expect(screen.getByText('worker-1').closest('tr')?.textContent).toContain('Lost');
  });

  it('tells why it cannot be shown', async () => {
    serve({ 'GET /api/v1/system': () => Response.json({ title: 'No', status: 400 }, { status: 400 }) });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByRole('alert')).textContent).toContain('could not be loaded');
  });
});

// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SystemInfo } from '../api/types';
import { renderPage, serve } from '../testing/renderPage';
import { SystemPage } from './SystemPage';

const system: SystemInfo = {
  version: '1.2.3',
  engine: { package: 'TorchSharp-cpu', version: '0.107.0', libtorch: '2.10.0' },
  store: { kind: 'embedded', version: '15.18' },
  role: 'all',
  startedAt: '2026-11-21T08:00:00Z',
  trainer: { ready: true, reason: null, since: '2026-11-21T08:00:00Z' },
  workers: [
    {
      id: 'worker-1',
      host: 'yard',
      queues: ['cpu'],
      slots: 3,
      oneThreadFlops: null,
      memoryBytes: 16_000_000_000,
      startedAt: '2026-11-21T08:00:00Z',
      seenAt: '2026-11-21T08:00:05Z',
      alive: true,
      problem: null,
    },
  ],
  queue: { queued: 2, withoutWorker: 0, running: 1 },
};

describe('SystemPage', () => {
  it('shows queue, workers and service', async () => {
    serve({ 'GET /api/v1/system': () => system });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByText('Free slots')).closest('div')?.textContent).toContain('2of 3 slots');
    expect(screen.getByText('worker-1').closest('tr')?.textContent).toContain('Online');
    expect(screen.getByText('TorchSharp-cpu 0.107.0 (libtorch 2.10.0)')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says which runs share the slots that a worker has measured', async () => {
    serve({
      'GET /api/v1/system': () => ({
        ...system,
        workers: system.workers.map((one) => ({ ...one, oneThreadFlops: 3.4e7 })),
      }),
    });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByText('worker-1')).closest('tr')?.textContent).toContain('below 3.4e7 FLOPs');
  });

  it('warns when runs are queued and no worker is online', async () => {
    serve({
      'GET /api/v1/system': () => ({ ...system, workers: system.workers.map((one) => ({ ...one, alive: false })) }),
    });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByRole('alert')).textContent).toContain('2 runs are queued');
    expect(screen.getByText('worker-1').closest('tr')?.textContent).toContain('Lost');
  });

  it('says which runs and workers wait for something', async () => {
    serve({
      'GET /api/v1/system': () => ({
        ...system,
        workers: system.workers.map((one) => ({ ...one, problem: 'The disk is full.' })),
        queue: { ...system.queue, withoutWorker: 1 },
      }),
    });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByRole('alert')).textContent).toContain('1 queued run needs a device');
    expect(screen.getByText('worker-1').closest('tr')?.textContent).toContain('Claims no runs: The disk is full.');
  });

  it.each([
    [{ ready: true, reason: null }, 'Ready'],
    [{ ready: false, reason: null }, 'Being checked'],
    [{ ready: false, reason: 'libtorch is missing.' }, 'No runs are trained by this server: libtorch is missing.'],
  ])('shows whether its trainer works: %j', async (state, shown) => {
    serve({ 'GET /api/v1/system': () => ({ ...system, trainer: { ...system.trainer, ...state } }) });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByText('Trainer')).closest('div')?.textContent).toContain(shown);
  });

  it('has no trainer in an api process', async () => {
    serve({ 'GET /api/v1/system': () => ({ ...system, role: 'api', trainer: null }) });
    await renderPage(<SystemPage />, '/system');
    await screen.findByText('REST API and dashboard; workers run elsewhere.');
    expect(screen.queryByText('Trainer')).toBeNull();
  });

  it('shows why it cannot be loaded', async () => {
    serve({ 'GET /api/v1/system': () => Response.json({ title: 'No', status: 400 }, { status: 400 }) });
    await renderPage(<SystemPage />, '/system');
    expect((await screen.findByRole('alert')).textContent).toContain('Could not load');
  });
});

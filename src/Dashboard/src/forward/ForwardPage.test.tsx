// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { unwatchRun, watchedRuns } from '../live/watchedRuns';
import { renderPage, serve } from '../testing/renderPage';
import { actions, detail } from '../testing/samples';
import { ForwardPage } from './ForwardPage';

const run = detail({ actions: actions(['extend', 'fork']) });

it('waits for the end of the run, and says that it was deleted elsewhere', async () => {
  unwatchRun(run.id);
  serve({ [`GET /api/v1/runs/${run.id}`]: () => run });
  const hub = await renderPage(<ForwardPage id={run.id} />, `/runs/${run.id}/forward`);
  expect(await screen.findByRole('button', { name: 'Extend' })).toBeDefined();
  expect(watchedRuns().has(run.id)).toBe(true);
  await act(async () =>
    hub.newest('WatchRunChanges').send({ changed: [], deleted: [run.id], studies: [], missed: false }),
  );
  expect(screen.getByTestId('deleted').textContent).toContain('This run was deleted');
  expect(screen.queryByRole('toolbar')).toBeNull();
});

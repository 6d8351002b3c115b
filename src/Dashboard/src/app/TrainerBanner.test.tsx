// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';

async function show(trainer: object | null, language = 'en') {
  localStorage.setItem('trainyard.language', language);
  vi.resetModules();
  const requests = serve({ 'GET /api/v1/system': () => ({ engine: null, trainer }) });
  const { TrainerBanner } = await import('./TrainerBanner');
  await renderPage(<TrainerBanner />);
  await vi.waitFor(() => expect(requests).toHaveLength(1));
}

describe('TrainerBanner', () => {
  afterEach(() => localStorage.clear());

  it.each([
    ['en', 'No runs are trained by this server: libtorch is missing.'],
    ['ko', '이 서버는 실행을 학습하지 않습니다: libtorch is missing.'],
  ])('shows why no runs are trained, in %s', async (language, shown) => {
    await show({ ready: false, reason: 'libtorch is missing.', since: '2026-11-21T08:00:00Z' }, language);
    expect((await screen.findByRole('alert')).textContent).toBe(shown);
  });

  it.each([
    ['it is ready', { ready: true, reason: null }],
    ['it is checked for the first time', { ready: false, reason: null }],
    ['another process trains', null],
  ])('is absent when %s', async (_, trainer) => {
    await show(trainer);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

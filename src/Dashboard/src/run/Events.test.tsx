// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEventEntry } from '../api/types';

describe('Events', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => localStorage.clear());

  it.each([
    ['en', 'pause', 'Stopped on request (pause) at step 7'],
    ['en', 'stop', 'Stopped on request (stop) at step 7'],
    ['ko', 'pause', '정지 요청(일시 정지)에 따라 스텝 7에서'],
    ['ko', 'stop', '정지 요청(중단)에 따라 스텝 7에서'],
  ])('tell in %s what stopped the training: %s', async (language, request, told) => {
    localStorage.setItem('trainyard.language', language);
    const { Events } = await import('./Events');
    const event = { type: 'stopped', request, epoch: 1, step: 7 };
    const lines = [{ seq: 1, at: '2026-11-21T08:00:00Z', event } as unknown as RunEventEntry];
    render(<Events log={{ lines, dropped: 0 }} isCatchingUp={false} />);
    expect(screen.getByRole('listitem').textContent).toContain(told);
  });
});

// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Snackbar, type SnackbarContent } from './Snackbar';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('leaves by itself, also when the pointer was over the one before as that was closed', () => {
  const onClose = vi.fn();
  const shown = (content: SnackbarContent | null) => <Snackbar content={content} onClose={onClose} />;
  const { rerender } = render(shown({ message: 'Archived 1 run.', undo: vi.fn() }));
  fireEvent.mouseEnter(screen.getByText('Archived 1 run.').parentElement as HTMLElement);
  act(() => vi.advanceTimersByTime(60_000));
  expect(onClose).not.toHaveBeenCalled();

  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(onClose).toHaveBeenCalledTimes(1);
  rerender(shown(null));
  rerender(shown({ message: 'Restored 1 run.', undo: null }));
  act(() => vi.advanceTimersByTime(10_000));
  expect(onClose).toHaveBeenCalledTimes(2);
});

// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FramePlayer, useFrames } from './FramePlayer';

function Film({ frames, hasEnded }: { frames: number; hasEnded: boolean }) {
  const { isLatest, ...player } = useFrames(frames, { hasEnded });
  return <FramePlayer {...player} frames={frames} caption={`epoch ${player.frame}${isLatest ? ', newest' : ''}`} />;
}

const caption = () => document.querySelector('output')?.textContent;
/** Frame by frame: each is rendered before the next one is due. */
const pass = (milliseconds: number) => {
  for (let passed = 0; passed < milliseconds; passed += 50) {
    act(() => vi.advanceTimersByTime(50));
  }
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('follows a run, and repeats it in slow motion when it ends', () => {
  const { rerender } = render(<Film frames={3} hasEnded={false} />);
  expect(caption()).toBe('epoch 2, newest');
  rerender(<Film frames={21} hasEnded={false} />);
  expect(caption()).toBe('epoch 20, newest');
  rerender(<Film frames={21} hasEnded />);
  expect(caption()).toBe('epoch 0');
  pass(1000);
  expect(caption()).toBe('epoch 4');
  pass(10_000);
  expect(caption()).toContain('epoch 20');
  expect(screen.getByRole('button', { name: 'Play' })).toBeDefined();
});

it('stays at the end of a run that had ended before, and plays at the chosen pace', () => {
  render(<Film frames={21} hasEnded />);
  pass(1000);
  expect(caption()).toBe('epoch 20, newest');
  fireEvent.change(screen.getByLabelText('Frames per second'), { target: { value: '1' } });
  fireEvent.click(screen.getByRole('button', { name: 'Play' }));
  pass(2000);
  expect(caption()).toBe('epoch 2');
});

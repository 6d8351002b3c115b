// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DownloadMenu } from './DownloadMenu';

afterEach(cleanup);

const open = () => {
  const svg = vi.fn(() => '<svg/>');
  render(
    <>
      <DownloadMenu chart="Loss" image={() => ({ svg, png: () => '' })} />
      <button type="button">Elsewhere</button>
    </>,
  );
  const button = screen.getByRole('button', { name: 'Download chart: Loss' });
  fireEvent.click(button);
  return { button, svg };
};
const choices = () => screen.queryAllByRole('button', { name: /^Loss as/ }).map((one) => one.textContent);

describe('DownloadMenu', () => {
  it('offers the file formats when opened', () => {
    const { button } = open();
    expect(choices()).toEqual(['PNG', 'SVG']);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(button);
    expect(choices()).toEqual([]);
  });

  it('closes with Escape and restores the focus', () => {
    const { button } = open();
    const png = screen.getByRole('button', { name: 'Loss as PNG' });
    png.focus();
    fireEvent.keyDown(png, { key: 'Escape' });
    expect(choices()).toEqual([]);
    expect(document.activeElement).toBe(button);
  });

  it('closes when the focus moves elsewhere', () => {
    open();
    fireEvent.focusIn(screen.getByRole('button', { name: 'Elsewhere' }));
    expect(choices()).toEqual([]);
  });

  it('downloads under the name of the chart and closes', async () => {
    const { svg } = open();
    const saved = new Promise<string>((resolve) => {
      vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
        resolve(this.download);
      });
    });
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }));
    fireEvent.click(screen.getByRole('button', { name: 'Loss as SVG' }));
    expect(await saved).toBe('loss.svg');
    expect(svg).toHaveBeenCalledOnce();
    expect(choices()).toEqual([]);
  });
});

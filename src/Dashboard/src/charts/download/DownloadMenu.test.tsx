// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { DownloadMenu } from './DownloadMenu';

describe('DownloadMenu', () => {
  it('downloads under the name of the chart, and closes its menu', async () => {
    const svg = vi.fn(() => '<svg/>');
    render(<DownloadMenu chart="Loss" image={() => ({ svg, png: () => '' })} />);
    const button = screen.getByRole('button', { name: 'Download chart: Loss' });
    const choice = screen.getByRole('button', { name: 'Loss as SVG', hidden: true });
    expect(choice.getAttribute('popovertarget')).toBe(button.getAttribute('popovertarget'));
    expect(choice.getAttribute('popovertargetaction')).toBe('hide');
    const saved = new Promise<string>((resolve) => {
      vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
        resolve(this.download);
      });
    });
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }));
    fireEvent.click(choice);
    expect(await saved).toBe('loss.svg');
    expect(svg).toHaveBeenCalledOnce();
  });
});

import type { Look } from '../../charts/look';
import { box, label, sheet, sheetMargin, sheetTop } from '../../charts/pictures/sheet';
import { brief } from '../../text/format';
import { outlineOf, type Reel } from './histograms';

const across = 4;
const size = { width: 220, height: 88 };
const step = { x: size.width + 20, y: size.height + 56 };

/** One frame of the film as an SVG file: the histogram of each layer over its axis. */
export function filmPicture(title: string, reels: readonly Reel[], frame: number, look: Look): string {
  const text = look.color('--text-2');
  const drawn = reels.flatMap(({ name, low, high, frames }, index) => {
    const histogram = frames[frame] ?? null;
    const x = sheetMargin + (index % across) * step.x;
    const y = sheetTop + 16 + Math.floor(index / across) * step.y;
    const zero = x + (-low / (high - low || 1)) * size.width;
    return [
      label(x, y - 12, name, { fill: look.color('--text'), isBold: true }),
      box(x, y, size.width, size.height, look.color('--surface-2')),
      low < 0 && high > 0
        ? `<path d="M${zero} ${y}v${size.height}" stroke="${look.color('--text-3')}" stroke-dasharray="2 2"/>`
        : '',
      histogram === null
        ? ''
        : `<path transform="translate(${x} ${y}) scale(${size.width / 100} ${size.height / 40})" fill="${look.color('--series-train')}" d="${outlineOf(histogram, low, high)}"/>`,
      label(x, y + size.height + 12, brief(low), { fill: text }),
      label(x + size.width, y + size.height + 12, brief(high), { anchor: 'end', fill: text }),
    ];
  });
  const columns = Math.min(reels.length, across);
  const rows = Math.ceil(reels.length / across);
  return sheet(
    {
      title,
      width: Math.max(columns * step.x - 20, 420) + 2 * sheetMargin,
      height: sheetTop + rows * step.y + 4,
      look,
    },
    drawn,
  );
}

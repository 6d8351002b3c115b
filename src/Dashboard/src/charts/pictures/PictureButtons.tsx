import { text } from '../../text/text';
import { follow, type Picture, save } from './picture';

const PATIENCE_MS = 4_000;

interface PictureButtonsProps {
  /** What the chart is called; the files are named after it. */
  chart: string;
  /** Takes the picture when it is asked for; null while there is nothing to take. */
  picture: () => Picture | null;
}

/** Saves a chart as PNG or SVG. */
export function PictureButtons({ chart, picture }: PictureButtonsProps) {
  const name = chart.toLowerCase().replaceAll(/\s+/g, '-');
  const saveAs = async (kind: 'PNG' | 'SVG') => {
    const taken = await whenDrawn(picture);
    if (taken === null) {
      return;
    }
    if (kind === 'SVG') {
      save(`${name}.svg`, await taken.svg(), 'image/svg+xml');
    } else {
      follow(`${name}.png`, await taken.png());
    }
  };
  return (['PNG', 'SVG'] as const).map((kind) => (
    <button
      key={kind}
      type="button"
      className="button button-small"
      aria-label={text.charts.picture(kind, chart)}
      onClick={() => void saveAs(kind)}
    >
      {kind}
    </button>
  ));
}

/** A chart that is being drawn anew has no picture for a moment; a click must not get lost in it. */
async function whenDrawn(picture: () => Picture | null): Promise<Picture | null> {
  const end = performance.now() + PATIENCE_MS;
  let taken = picture();
  while (taken === null && performance.now() < end) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    taken = picture();
  }
  return taken;
}

import { text } from '../../text/text';
import { type Look, lookAt } from '../look';
import { follow, type Picture, save } from './picture';

const PATIENCE_MS = 4_000;

/** Takes the picture when it is asked for; null while there is nothing to take. */
export type TakePicture = (look: Look) => Picture | null;

interface PictureButtonsProps {
  /** What the chart is called; the files are named after it. */
  chart: string;
  picture: TakePicture;
  onSave?: (() => void) | undefined;
}

/** Saves a chart as PNG or SVG. */
export function PictureButtons({ chart, picture, onSave }: PictureButtonsProps) {
  const name = chart
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  const saveAs = async (kind: 'PNG' | 'SVG', look: Look) => {
    const taken = await whenDrawn(() => picture(look));
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
      onClick={({ currentTarget }) => {
        void saveAs(kind, lookAt(currentTarget));
        onSave?.();
      }}
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

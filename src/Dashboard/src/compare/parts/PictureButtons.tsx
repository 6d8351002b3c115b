import { text } from '../../text/text';
import { follow, type Picture, save } from './picture';

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
    const taken = picture();
    if (taken === null) {
      return;
    }
    if (kind === 'SVG') {
      save(`${name}.svg`, taken.svg(), 'image/svg+xml');
    } else {
      follow(`${name}.png`, await taken.png());
    }
  };
  return (['PNG', 'SVG'] as const).map((kind) => (
    <button
      key={kind}
      type="button"
      className="button button-small"
      aria-label={text.compare.export.picture(kind, chart)}
      onClick={() => void saveAs(kind)}
    >
      {kind}
    </button>
  ));
}

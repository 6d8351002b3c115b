import { type ComponentProps, type RefObject, useCallback, useRef } from 'react';
import { Button } from '../../design/Button';
import { Menu } from '../../design/Menu';
import { text } from '../../text/text';
import { type ChartImage, download, downloadText, imageOfElement } from './image';

const drawTimeoutMilliseconds = 4_000;

/** Holds the image of a chart: the getter is for the download buttons, the setter for the chart. */
export function useImage(): readonly [get: () => ChartImage | null, set: (image: ChartImage | null) => void] {
  const image = useRef<ChartImage | null>(null);
  const get = useCallback(() => image.current, []);
  const set = useCallback((next: ChartImage | null) => {
    image.current = next;
  }, []);
  return [get, set];
}

/** The chart as an image, or as an SVG element of the page. */
export type ImageSource = { image: () => ChartImage | null } | { svg: RefObject<SVGSVGElement | null> };

/** The name is also that of the files. */
type DownloadProps = ImageSource & { chart: string };

/** Buttons that download a chart as PNG or SVG. */
export function DownloadButtons({ button, ...props }: DownloadProps & { button?: ComponentProps<typeof Button> }) {
  const { chart } = props;
  const image =
    'image' in props
      ? props.image
      : () => (props.svg.current === null ? null : imageOfElement(props.svg.current, chart));
  const name = chart
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  const downloadAs = async (kind: 'PNG' | 'SVG') => {
    const drawn = await whenDrawn(image);
    if (drawn !== null && kind === 'SVG') {
      downloadText(`${name}.svg`, await drawn.svg(), 'image/svg+xml');
    } else if (drawn !== null) {
      download(`${name}.png`, await drawn.png());
    }
  };
  return (['PNG', 'SVG'] as const).map((kind) => (
    <Button
      {...button}
      key={kind}
      small
      aria-label={text.charts.downloadAs(kind, chart)}
      onClick={() => void downloadAs(kind)}
    >
      {kind}
    </Button>
  ));
}

/** A chart has no image while it is redrawn; a click waits for it. */
async function whenDrawn(image: () => ChartImage | null): Promise<ChartImage | null> {
  const end = performance.now() + drawTimeoutMilliseconds;
  let drawn = image();
  while (drawn === null && performance.now() < end) {
    await new Promise((done) => requestAnimationFrame(done));
    drawn = image();
  }
  return drawn;
}

/** The download buttons in a menu. */
export const DownloadMenu = (props: DownloadProps) => (
  <Menu label={text.charts.download(props.chart)} icon="download">
    {(id) => (
      <div className="row">
        <DownloadButtons {...props} button={{ popoverTarget: id, popoverTargetAction: 'hide' }} />
      </div>
    )}
  </Menu>
);

import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../design/Button';
import { text } from '../../text/text';
import { type ChartTheme, readChartTheme } from '../chartTheme';
import { type ChartImage, download, downloadText } from './image';
import './download.css';

const drawTimeoutMilliseconds = 4_000;

/** The current image of a chart; null while there is none. */
export type GetImage = (theme: ChartTheme) => ChartImage | null;

/** Holds the image of a chart: the getter is for the download buttons, the setter for the chart. */
export function useImage(): readonly [get: () => ChartImage | null, set: (image: ChartImage | null) => void] {
  const image = useRef<ChartImage | null>(null);
  const get = useCallback(() => image.current, []);
  const set = useCallback((next: ChartImage | null) => {
    image.current = next;
  }, []);
  return [get, set];
}

interface DownloadProps {
  /** Name of the chart, and of its files. */
  chart: string;
  image: GetImage;
}

/** Buttons that download a chart as PNG or SVG. */
export function DownloadButtons({ chart, image, onDownload }: DownloadProps & { onDownload?: () => void }) {
  const name = chart
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  const downloadAs = async (kind: 'PNG' | 'SVG', theme: ChartTheme) => {
    const drawn = await whenDrawn(() => image(theme));
    if (drawn === null) {
      return;
    }
    if (kind === 'SVG') {
      downloadText(`${name}.svg`, await drawn.svg(), 'image/svg+xml');
    } else {
      download(`${name}.png`, await drawn.png());
    }
  };
  return (['PNG', 'SVG'] as const).map((kind) => (
    <Button
      key={kind}
      small
      aria-label={text.charts.downloadAs(kind, chart)}
      onClick={({ currentTarget }) => {
        void downloadAs(kind, readChartTheme(currentTarget));
        onDownload?.();
      }}
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

/** A button that opens the download buttons. Escape, or a click or focus elsewhere, closes them. */
export function DownloadMenu({ chart, image }: DownloadProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const host = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!isOpen) {
      return;
    }
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && host.current?.contains(target) !== true) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape bubbles up from the buttons inside.
    <span
      ref={host}
      className="download-menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className="button button-small download-open"
        aria-label={text.charts.download(chart)}
        title={text.charts.download(chart)}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 11v2.5h11V11" />
        </svg>
      </button>
      <span id={id} className="download-choices" hidden={!isOpen}>
        {isOpen && <DownloadButtons chart={chart} image={image} onDownload={close} />}
      </span>
    </span>
  );
}

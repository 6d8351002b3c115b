import { useEffect, useId, useRef, useState } from 'react';
import { text } from '../../text/text';
import { PictureButtons, type TakePicture } from './PictureButtons';
import './pictures.css';

interface PictureMenuProps {
  /** What the chart is called; the files are named after it. */
  chart: string;
  picture: TakePicture;
}

/** A small button that opens the ways to save a chart. Escape, and whatever happens elsewhere, closes it again. */
export function PictureMenu({ chart, picture }: PictureMenuProps) {
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
      className="picture-menu"
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
        className="button button-small picture-open"
        aria-label={text.charts.pictures(chart)}
        title={text.charts.pictures(chart)}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 11v2.5h11V11" />
        </svg>
      </button>
      <span id={id} className="picture-choices" hidden={!isOpen}>
        {isOpen && <PictureButtons chart={chart} picture={picture} onSave={close} />}
      </span>
    </span>
  );
}

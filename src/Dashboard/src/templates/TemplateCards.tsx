import { useEffect, useRef } from 'react';
import { PictureCardFace, PictureCardMark, PictureCards } from '../design/PictureCards';
import { Link } from '../navigation/navigation';
import { duration, wholePercent } from '../text/format';
import { text } from '../text/text';
import { TemplatePicture } from './TemplatePicture';
import { type Template, type TemplateId, templates } from './templates';
import './templates.css';

const t = text.templates;

/** The keys 1 to 9 choose a template. */
const keys = 9;

interface TemplateCardsProps {
  label: string;
  shown?: readonly Template[];
  /** The template in use, which is marked. */
  chosen?: TemplateId | null;
  /** Without it each card is a link to the form with its template. */
  onChoose?: (template: Template) => void;
  /** One row that scrolls, instead of a grid. */
  isRow?: boolean;
}

/** Templates as cards: the data, what a run shows, and the time and accuracy to expect. */
export function TemplateCards({
  label,
  shown = templates,
  chosen = null,
  onChoose,
  isRow = false,
}: TemplateCardsProps) {
  const list = useRef<HTMLUListElement>(null);
  // In a row that is wider than the screen, the chosen one is in view.
  useEffect(() => {
    const row = list.current;
    const card = chosen === null ? null : row?.querySelector<HTMLElement>(`[data-template="${chosen}"]`);
    if (row !== null && card != null) {
      const [left, right] = [card.offsetLeft, card.offsetLeft + card.offsetWidth];
      if (left < row.scrollLeft || right > row.scrollLeft + row.clientWidth) {
        row.scrollLeft = left - (row.clientWidth - card.offsetWidth) / 2;
      }
    }
  }, [chosen]);
  return (
    <PictureCards ref={list} label={label} isRow={isRow}>
      {shown.map((template, index) => (
        <li key={template.id}>
          {onChoose === undefined ? (
            <Link className="picture-card" href={`/new?template=${template.id}`} data-template={template.id}>
              <TemplateFace template={template} />
            </Link>
          ) : (
            <button
              type="button"
              className="picture-card"
              aria-pressed={template.id === chosen}
              aria-keyshortcuts={index < keys ? String(index + 1) : undefined}
              data-template={template.id}
              onClick={() => onChoose(template)}
            >
              <TemplateFace template={template} />
              {index < keys && (
                <span className="template-key" aria-hidden="true">
                  {index + 1}
                </span>
              )}
              {template.id === chosen && <PictureCardMark />}
            </button>
          )}
        </li>
      ))}
    </PictureCards>
  );
}

function TemplateFace({ template: { id, measured } }: { template: Template }) {
  const { title, see } = t.cards[id];
  return (
    <PictureCardFace
      picture={<TemplatePicture id={id} />}
      title={title}
      summary={see}
      figuresTitle={t.measuredOn}
      figures={
        <>
          <span>{t.time(timeOf(measured.seconds))}</span>
          <span>{t.accuracy(wholePercent(measured.accuracy))}</span>
        </>
      }
    />
  );
}

/** Whole seconds below a minute: the figures are not more exact. */
const timeOf = (seconds: number): string =>
  seconds >= 1 && seconds < 60 ? text.units.seconds(String(Math.round(seconds))) : duration(seconds);

import type { ReactNode, Ref } from 'react';
import { classes } from './classes';
import { Icon } from './Icon';
import './pictureCards.css';

interface PictureCardsProps {
  ref?: Ref<HTMLUListElement>;
  label: string;
  /** One row that scrolls, instead of a grid. */
  isRow?: boolean;
  /** Items, each a link or a button of the class `picture-card`. */
  children: ReactNode;
}

/** A list of cards with pictures: templates, lessons, labs. */
export const PictureCards = ({ ref, label, isRow = false, children }: PictureCardsProps) => (
  <ul ref={ref} className={classes('picture-cards', isRow && 'picture-row')} aria-label={label}>
    {children}
  </ul>
);

interface PictureCardFaceProps {
  picture: ReactNode;
  title: string;
  summary: ReactNode;
  /** A line of figures at the bottom. */
  figures?: ReactNode;
  figuresTitle?: string;
}

/** What a card shows: the picture, the title, a sentence, and figures. */
export const PictureCardFace = ({ picture, title, summary, figures, figuresTitle }: PictureCardFaceProps) => (
  <>
    {picture}
    <strong>{title}</strong>
    <span className="picture-summary">{summary}</span>
    {figures !== undefined && (
      <span className="picture-figures" title={figuresTitle}>
        {figures}
      </span>
    )}
  </>
);

/** The mark of a card that is chosen, or done. */
export const PictureCardMark = ({ isDone = false }: { isDone?: boolean }) => (
  <span className={classes('picture-mark', isDone && 'picture-done')}>
    <Icon shape="check" />
  </span>
);

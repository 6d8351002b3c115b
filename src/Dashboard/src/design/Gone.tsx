import { Link } from '../navigation/navigation';
import { Icon } from './Icon';
import { PageTitle } from './PageTitle';

interface MissingProps {
  title: string;
  text: string;
  /** Where the user finds those that there are. */
  href: string;
  back: string;
}

/** In place of a page about something that is unknown: what that means, and a way on. */
export const Missing = ({ title, text, href, back }: MissingProps) => (
  <div className="message">
    <PageTitle>{title}</PageTitle>
    <p>{text}</p>
    <Link className="button" href={href}>
      {back}
    </Link>
  </div>
);

/** Above what was shown when it was deleted. */
export const DeletedNote = ({ title, text }: { title: string; text: string }) => (
  <section className="note note-warning" role="alert" data-testid="deleted">
    <Icon shape="warning" />
    <div>
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  </section>
);

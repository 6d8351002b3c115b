import { PageTitle } from '../design/PageTitle';
import { Link } from '../navigation/navigation';
import { text } from '../text/text';
import { LabPicture } from './LabPicture';
import { labNames } from './useLab';
import './labs.css';

const t = text.labs;

/** The list of labs. */
export const LabsPage = () => (
  <>
    <PageTitle>{t.title}</PageTitle>
    <p className="lab-intro">{t.intro}</p>
    <ul className="lab-cards">
      {labNames.map((name) => (
        <li key={name}>
          <Link className="lab-card" href={`/labs/${name}`}>
            <LabPicture name={name} />
            <strong>{t.names[name].title}</strong>
            <span>{t.names[name].summary}</span>
          </Link>
        </li>
      ))}
    </ul>
  </>
);

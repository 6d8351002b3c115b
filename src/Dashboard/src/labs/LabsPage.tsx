import { PageTitle } from '../design/PageTitle';
import { PictureCardFace, PictureCards } from '../design/PictureCards';
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
    <PictureCards label={t.title}>
      {labNames.map((name) => (
        <li key={name}>
          <Link className="picture-card" href={`/labs/${name}`}>
            <PictureCardFace
              picture={<LabPicture name={name} />}
              title={t.names[name].title}
              summary={t.names[name].summary}
            />
          </Link>
        </li>
      ))}
    </PictureCards>
  </>
);

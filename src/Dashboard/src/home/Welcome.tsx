import { usePermissions } from '../access/permissions';
import { PageTitle } from '../design/PageTitle';
import { Problem } from '../design/Problem';
import { Link } from '../navigation/navigation';
import { StartFirst } from '../templates/StartFirst';
import { useStart } from '../templates/useStart';
import { text } from '../text/text';
import { Yard } from './Yard';

const t = text.home;

/** What Trainyard is, and the way to a first run, or to the next one. */
export function Welcome({ isFresh }: { isFresh: boolean }) {
  const may = usePermissions();
  const start = useStart();
  return (
    <>
      <section className={isFresh ? 'home-welcome' : 'home-welcome home-compact'}>
        <div>
          <PageTitle window={text.nav.home}>{t.title}</PageTitle>
          <p>{t.text}</p>
          {may.submit ? (
            <p className="row">
              {isFresh && <StartFirst start={start} />}
              <Link className={isFresh ? 'button' : 'button button-primary'} href="/new">
                {t.newRun}
              </Link>
              {!isFresh && (
                <Link className="button" href="/compare">
                  {t.compare}
                </Link>
              )}
            </p>
          ) : (
            <p>{text.access.readOnly}</p>
          )}
          {isFresh && may.submit && <p className="muted">{t.startNote}</p>}
        </div>
        <Yard />
      </section>
      {start.error !== null && <Problem title={text.templates.startFailed} error={start.error} />}
    </>
  );
}

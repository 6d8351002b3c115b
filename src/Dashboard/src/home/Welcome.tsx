import { usePermissions } from '../access/permissions';
import type { SpecInput } from '../api/types';
import { Button } from '../design/Button';
import { PageTitle } from '../design/PageTitle';
import { Problem } from '../design/Problem';
import { Link } from '../navigation/navigation';
import { findTemplate } from '../templates/templates';
import { useStart } from '../templates/useStart';
import { text } from '../text/text';
import { Yard } from './Yard';

const t = text.home;

/** The template that a newcomer starts with one click. */
const first = findTemplate('xor');

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
              {isFresh && first !== undefined && (
                <Button
                  primary
                  blocked={start.isPending}
                  onClick={() => start.mutate(first.spec as unknown as SpecInput)}
                  data-start={first.id}
                >
                  {start.isPending ? t.starting : t.start(text.templates.cards[first.id].title, startTime)}
                </Button>
              )}
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
          {isFresh && may.submit && first !== undefined && <p className="muted">{t.startNote}</p>}
        </div>
        <Yard />
      </section>
      {start.error !== null && <Problem title={t.startFailed} error={start.error} />}
    </>
  );
}

/** Start and end of a run take longer than its training. */
const startTime = text.units.seconds(String(Math.max(1, Math.round(first?.measured.seconds ?? 1))));

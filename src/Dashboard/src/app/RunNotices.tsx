import { useEffect, useEffectEvent, useState } from 'react';
import { api } from '../api/client';
import type { RunSummary } from '../api/types';
import { Button } from '../design/Button';
import { StateBadge } from '../design/StateBadge';
import { setWindowNotice } from '../design/windowTitle';
import { useRunChanges } from '../live/useRunChanges';
import { unwatchRun, watchedRuns } from '../live/watchedRuns';
import { Link, navigate, usePath } from '../navigation/navigation';
import { StudyBadge } from '../studies/StudyBadge';
import { text } from '../text/text';
import { notifyBrowser } from './browserNotices';
import { addressOf, type Notice, noticesOf, stateText, studyNotice } from './notices';
import { useStudyEnds } from './useStudyEnds';

const shownMilliseconds = 12_000;
const mostShown = 3;

/** Tells that runs and studies have ended whose page was open: in the title of a hidden window, as a notification of the browser if that is on, and on other pages. */
export function RunNotices() {
  const path = usePath();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const dismiss = (id: string) => setNotices((before) => before.filter((one) => one.id !== id));

  const tell = useEffectEvent((ended: readonly Notice[]) => {
    for (const notice of ended) {
      const address = addressOf(notice);
      const isSeen = path === address && document.visibilityState === 'visible';
      if (document.visibilityState !== 'visible') {
        setWindowNotice(text.notices.title(notice.name, stateText(notice)));
      }
      if (!isSeen) {
        notifyBrowser(notice.name, notice.outcome, notice.id, () => navigate(address));
        if (path !== address) {
          setNotices((before) => [...before.filter(({ id }) => id !== notice.id), notice].slice(-mostShown));
          setTimeout(() => dismiss(notice.id), shownMilliseconds);
        }
      }
    }
  });

  const ended = (changed: readonly RunSummary[]) => tell(noticesOf(changed, unwatchRun));

  useStudyEnds((study) => tell([studyNotice(study)]));
  useRunChanges(({ changed, deleted, missed }) => {
    ended(changed);
    for (const id of deleted) {
      unwatchRun(id);
    }
    if (missed) {
      for (const id of watchedRuns()) {
        void api.GET('/api/v1/runs/{id}', { params: { path: { id } } }).then(
          ({ data, response }) => (data !== undefined ? ended([data]) : response.status === 404 && unwatchRun(id)),
          // Unreachable: asked again after the next reconnect.
          () => undefined,
        );
      }
    }
  });

  useEffect(() => {
    const seen = () => document.visibilityState === 'visible' && setWindowNotice('');
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);

  return (
    <div className="notices" role="status">
      {notices.map((notice) => {
        const { id, name, outcome } = notice;
        return (
          <div key={id} className="notice" data-notice={id}>
            {notice.kind === 'run' ? <StateBadge state={notice.state} /> : <StudyBadge state={notice.state} />}
            <span>
              <Link href={addressOf(notice)} onClick={() => dismiss(id)}>
                {name}
              </Link>
              <small>{outcome}</small>
            </span>
            <Button small onClick={() => dismiss(id)}>
              {text.units.close}
            </Button>
          </div>
        );
      })}
    </div>
  );
}

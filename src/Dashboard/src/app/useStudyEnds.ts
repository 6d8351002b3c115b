import { useEffect, useEffectEvent } from 'react';
import { api } from '../api/client';
import { unwatchStudy, watchedStudies } from '../live/watchedStudies';
import { hasEnded, type StudySummary } from '../studies/useStudies';

const interval = 5_000;

/** Calls back once for each study that this browser waits for and that has ended. Nothing is asked while it waits for none. */
export function useStudyEnds(onEnd: (study: StudySummary) => void): void {
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    const ask = async (id: string) => {
      const { data, response } = await api.GET('/api/v1/studies/{id}', { params: { path: { id } } });
      if (response.status === 404) {
        unwatchStudy(id);
      } else if (data !== undefined && hasEnded(data.state) && unwatchStudy(id)) {
        ended(data);
      }
    };
    const timer = setInterval(() => {
      for (const id of watchedStudies()) {
        // Unreachable: asked again.
        ask(id).catch(() => undefined);
      }
    }, interval);
    return () => clearInterval(timer);
  }, []);
}

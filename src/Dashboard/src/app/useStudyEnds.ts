import { useEffect, useEffectEvent } from 'react';
import { api } from '../api/client';
import { fallbackMilliseconds } from '../live/useReadAgain';
import { useRunChanges } from '../live/useRunChanges';
import { unwatchStudy, watchedStudies } from '../live/watchedStudies';
import { hasEnded, type StudySummary } from '../studies/useStudies';

/** Calls back once for each study that this browser waits for and that has ended. Nothing is asked while it waits for none. */
export function useStudyEnds(onEnd: (study: StudySummary) => void): void {
  const ask = async (id: string) => {
    const { data, response } = await api.GET('/api/v1/studies/{id}', { params: { path: { id } } });
    if (response.status === 404) {
      unwatchStudy(id);
    } else if (data !== undefined && hasEnded(data.state) && unwatchStudy(id)) {
      onEnd(data);
    }
  };
  const askAll = useEffectEvent((ids: readonly string[]) => {
    for (const id of ids) {
      // Unreachable: asked again.
      ask(id).catch(() => undefined);
    }
  });
  useRunChanges(({ studies, missed }) => askAll([...watchedStudies()].filter((id) => missed || studies.includes(id))));
  useEffect(() => {
    const timer = setInterval(() => askAll([...watchedStudies()]), fallbackMilliseconds);
    return () => clearInterval(timer);
  }, []);
}

import { useEffect, useState } from 'react';
import { onServerClock, serverNow } from '../api/serverClock';

/** The current time of the service in milliseconds, updated at an interval in milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const update = () => setNow(serverNow());
    const timer = setInterval(update, every);
    const end = onServerClock(update);
    return () => {
      clearInterval(timer);
      end();
    };
  }, [every]);
  return now;
}

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { LiveConnection, LiveStatus } from './LiveConnection';

const LiveContext = createContext<LiveConnection | null>(null);

/** Starts the live connection and provides it. Queries are refetched after a reconnect. */
export function LiveProvider({ connection, children }: { connection: LiveConnection; children: ReactNode }) {
  const queries = useQueryClient();

  useEffect(() => {
    let before = connection.getStatus();
    const forget = connection.subscribe(() => {
      const now = connection.getStatus();
      if (now === 'live' && before !== 'connecting') {
        void queries.invalidateQueries();
      }
      before = now;
    });
    const visible = () => document.visibilityState === 'visible' && connection.tryNow();
    window.addEventListener('online', connection.tryNow);
    window.addEventListener('offline', connection.networkLost);
    document.addEventListener('visibilitychange', visible);
    connection.start();
    return () => {
      forget();
      window.removeEventListener('online', connection.tryNow);
      window.removeEventListener('offline', connection.networkLost);
      document.removeEventListener('visibilitychange', visible);
      void connection.stop();
    };
  }, [connection, queries]);

  return <LiveContext value={connection}>{children}</LiveContext>;
}

export function useLive(): LiveConnection {
  const connection = useContext(LiveContext);
  if (connection === null) {
    throw new Error('useLive needs a LiveProvider above it.');
  }
  return connection;
}

export function useLiveStatus(): LiveStatus {
  const connection = useLive();
  return useSyncExternalStore(connection.subscribe, connection.getStatus);
}

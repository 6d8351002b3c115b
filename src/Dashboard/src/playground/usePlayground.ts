import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { buildHub } from '../live/hub';
import { useSearch } from '../navigation/navigation';
import { PlaygroundClient } from './PlaygroundClient';
import { readSettings, type Settings, specOf, writeSettings } from './settings';

/** A slider sends its last position, not each on the way. */
const settleMilliseconds = 120;

/** The name of the spec of the session; the saved run gets a better one. */
const sessionName = 'playground';

/** The settings in the address, and the session that follows them. */
export function usePlayground() {
  const [search, update] = useSearch();
  const query = search.toString();
  const settings = useMemo(() => readSettings(new URLSearchParams(query)), [query]);
  const spec = useMemo(() => specOf(settings, sessionName), [settings]);
  // The speed is a setting of the page only.
  const written = JSON.stringify(spec);
  const [client, setClient] = useState<PlaygroundClient | null>(null);
  const create = useEffectEvent(() => new PlaygroundClient((policy) => buildHub('/hubs/playground', policy), spec));

  useEffect(() => {
    const started = create();
    setClient(started);
    void started.start();
    return () => void started.stop();
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => client?.change(JSON.parse(written)), settleMilliseconds);
    return () => clearTimeout(timer);
  }, [client, written]);

  const state = useSyncExternalStore(client?.subscribe ?? never, client?.getState ?? nothing);
  const change = (changes: Partial<Settings>) =>
    update((params) => writeSettings({ ...readSettings(params), ...changes }, params));
  return { settings, change, client, state };
}

const never = () => () => {};
const nothing = () => null;

import { useCallback, useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import type { Json } from '../json/pointer';
import { buildHub } from '../live/hub';
import { useSearch } from '../navigation/navigation';
import { documentOf, specOf, withChanges, withDocument } from './document';
import { PlaygroundClient } from './PlaygroundClient';
import { readSettings, type Settings, writeSettings } from './settings';

/** A slider sends its last position, not each on the way. */
const settleMilliseconds = 120;

export type Change = (changes: Partial<Settings>) => void;

/** Changes the spec itself. */
export type Edit = (change: (document: Json) => Json) => void;

/** The settings in the address, and the session that follows them. */
export function usePlayground() {
  const [search, update] = useSearch();
  const query = search.toString();
  const settings = useMemo(() => readSettings(new URLSearchParams(query)), [query]);
  const document = useMemo(() => documentOf(settings), [settings]);
  // The speed is a setting of the page only.
  const written = JSON.stringify(specOf(document));
  const [client, setClient] = useState<PlaygroundClient | null>(null);
  const create = useEffectEvent(
    () => new PlaygroundClient((policy) => buildHub('/hubs/playground', policy), JSON.parse(written)),
  );

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
  const alter = useCallback(
    (next: (settings: Settings) => Settings) => update((params) => writeSettings(next(readSettings(params)), params)),
    [update],
  );
  const change: Change = useCallback((changes) => alter((now) => withChanges(now, changes)), [alter]);
  const edit: Edit = useCallback((next) => alter((now) => withDocument(now, next(documentOf(now)))), [alter]);
  return { settings, document, change, edit, client, state };
}

const never = () => () => {};
const nothing = () => null;

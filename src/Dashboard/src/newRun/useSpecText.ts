import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type JsonReading, readJson } from '../json/parse';
import { type Json, put } from '../json/pointer';
import { writeJson } from '../json/writeJson';

const key = (source: string) => `trainyard.draft.${source}`;

function readDraft(source: string): string | null {
  try {
    return sessionStorage.getItem(key(source));
  } catch {
    return null;
  }
}

function writeDraft(source: string, text: string | null): void {
  try {
    if (text === null) {
      sessionStorage.removeItem(key(source));
    } else {
      sessionStorage.setItem(key(source), text);
    }
  } catch {
    // Storage is blocked: the draft lives as long as the page.
  }
}

export interface SpecText {
  /** The JSON as written. */
  readonly text: string;
  readonly reading: JsonReading;
  /** The last spec that was valid JSON. */
  readonly document: Json;
  /** Whether it differs from its initial text. */
  readonly isChanged: boolean;
  readonly setText: (text: string) => void;
  readonly edit: (pointer: string, value: Json | undefined) => void;
  readonly replace: (document: Json) => void;
  /** Discards the draft, after the run was submitted. */
  readonly forget: () => void;
}

/**
 * A spec as text and as a document: editing the text parses the document, editing the document formats the text. The draft is kept in
 * session storage, so that it survives a reload.
 */
export function useSpecText(source: string, initial: Json): SpecText {
  const [start, setStart] = useState(() => writeJson(initial));
  const [text, setText] = useState(() => readDraft(source) ?? start);
  const reading = useMemo(() => readJson(text), [text]);
  const lastRead = useRef<Json>(initial);
  if (reading.ok) {
    lastRead.current = reading.value;
  }
  const document = lastRead.current;
  const isForgotten = useRef(false);

  useEffect(() => {
    if (!isForgotten.current) {
      writeDraft(source, text === start ? null : text);
    }
  }, [source, text, start]);

  const edit = useCallback((pointer: string, value: Json | undefined) => {
    lastRead.current = put(lastRead.current, pointer, value);
    setText(writeJson(lastRead.current));
  }, []);
  const replace = useCallback(
    (next: Json) => {
      const written = writeJson(next);
      setStart(written);
      setText(written);
      // The next one may have another source.
      writeDraft(source, null);
    },
    [source],
  );
  const forget = useCallback(() => {
    isForgotten.current = true;
    writeDraft(source, null);
  }, [source]);

  return { text, reading, document, isChanged: text !== start, setText, edit, replace, forget };
}

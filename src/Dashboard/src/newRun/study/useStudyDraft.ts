import { useCallback, useEffect, useRef, useState } from 'react';
import { emptyDraft, readDraft, type StudyDraft } from './draft';

const key = (source: string) => `trainyard.draft.study.${source}`;

function store(source: string, draft: StudyDraft | null): void {
  try {
    if (draft === null) {
      sessionStorage.removeItem(key(source));
    } else {
      sessionStorage.setItem(key(source), JSON.stringify(draft));
    }
  } catch {
    // Storage is blocked: the draft lives as long as the page.
  }
}

function stored(source: string): StudyDraft | null {
  try {
    return readDraft(sessionStorage.getItem(key(source)));
  } catch {
    return null;
  }
}

export interface StudyDraftState {
  readonly draft: StudyDraft;
  readonly change: (change: (draft: StudyDraft) => StudyDraft) => void;
  /** Discards the draft, after the study was submitted. */
  readonly forget: () => void;
}

/** What varies, kept in session storage beside the draft of the spec. */
export function useStudyDraft(source: string, initial: StudyDraft = emptyDraft): StudyDraftState {
  const [draft, setDraft] = useState(() => stored(source) ?? initial);
  const start = useRef(initial);
  const isForgotten = useRef(false);
  useEffect(() => {
    if (!isForgotten.current) {
      store(source, JSON.stringify(draft) === JSON.stringify(start.current) ? null : draft);
    }
  }, [source, draft]);
  const forget = useCallback(() => {
    isForgotten.current = true;
    store(source, null);
  }, [source]);
  return { draft, change: setDraft, forget };
}

import { text } from '../text/text';
import type { ComparabilityNote } from './comparison';
import { sentenceOf } from './noteWords';

const words = text.compare.notes;
/** Each severity has a shape of its own, so that colour is never the only sign. */
const shapes: Readonly<Record<ComparabilityNote['severity'], string>> = {
  problem: 'M8 1.5l6.5 6.5L8 14.5L1.5 8zM8 4.5v4.2M8 10.8v.4',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.3',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M8 7.2v4M8 4.7v.4',
};

/** More than these would push the curves out of sight. */
const mostShown = 3;

/** What stands in the way of a conclusion, most severe first. */
export function Notes({ notes }: { notes: readonly ComparabilityNote[] }) {
  // A single one more takes no more room than the line that would hide it.
  const shown = notes.length <= mostShown + 1 ? notes.length : mostShown;
  return notes.length === 0 ? null : (
    <section aria-label={words.label} className="compare-notes">
      <List notes={notes.slice(0, shown)} />
      {shown < notes.length && (
        <details>
          <summary>{words.more(notes.length - shown)}</summary>
          <List notes={notes.slice(shown)} />
        </details>
      )}
    </section>
  );
}

function List({ notes }: { notes: readonly ComparabilityNote[] }) {
  return (
    <ul>
      {notes.map((note) => (
        <li
          key={note.message}
          className={`compare-note compare-note-${note.severity}`}
          data-severity={note.severity}
          data-code={note.code}
        >
          <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
            <path
              d={shapes[note.severity]}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          <p>
            <strong>{words.severity[note.severity]}</strong> {sentenceOf(note)}
          </p>
        </li>
      ))}
    </ul>
  );
}

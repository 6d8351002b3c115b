import { text } from '../text/text';
import type { ComparabilityNote } from './comparison';
import { noteText } from './noteText';

const t = text.compare.notes;
/** SVG path per severity, so that colour is not the only cue. */
const shapes: Readonly<Record<ComparabilityNote['severity'], string>> = {
  problem: 'M8 1.5l6.5 6.5L8 14.5L1.5 8zM8 4.5v4.2M8 10.8v.4',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.3',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M8 7.2v4M8 4.7v.4',
};

const maximumShown = 3;

/** Notes on comparability, most severe first. */
export function Notes({ notes }: { notes: readonly ComparabilityNote[] }) {
  // A single additional note takes no more room than the line that hides it.
  const shown = notes.length <= maximumShown + 1 ? notes.length : maximumShown;
  return notes.length === 0 ? null : (
    <section aria-label={t.label} className="compare-notes">
      <List notes={notes.slice(0, shown)} />
      {shown < notes.length && (
        <details>
          <summary>{t.more(notes.length - shown)}</summary>
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
            <strong>{t.severity[note.severity]}</strong> {noteText(note)}
          </p>
        </li>
      ))}
    </ul>
  );
}

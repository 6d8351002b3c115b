import { Icon } from '../design/Icon';
import { text } from '../text/text';
import type { ComparabilityNote } from './comparison';
import { noteText } from './noteText';

const t = text.compare.notes;
const maximumShown = 3;

/** Notes on comparability, most severe first. */
export function Notes({ notes }: { notes: readonly ComparabilityNote[] }) {
  // A single additional note takes no more room than the line that hides it.
  const shown = notes.length <= maximumShown + 1 ? notes.length : maximumShown;
  return notes.length === 0 ? null : (
    <section aria-label={t.label} className="compare-notes stack tight">
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
    <ul className="stack tight">
      {notes.map((note) => (
        <li
          key={note.message}
          className={`note note-${note.severity}`}
          data-severity={note.severity}
          data-code={note.code}
        >
          <Icon shape={note.severity} />
          <p>
            <strong>{t.severity[note.severity]}</strong> {noteText(note)}
          </p>
        </li>
      ))}
    </ul>
  );
}

import { type RefObject, useId, useMemo, useRef } from 'react';
import type { SpecFinding } from '../api/types';
import { jsonTokens } from '../run/jsonTokens';
import { text } from '../text/text';
import { lineOf, placeOf } from './json/jsonMap';
import { writeJson } from './json/writeJson';
import type { SpecText } from './useSpecText';

interface JsonPaneProps {
  spec: SpecText;
  findings: readonly SpecFinding[];
  editor: RefObject<HTMLTextAreaElement | null>;
}

/** The spec as text: an editor with coloured JSON, line numbers, and marks at the lines of findings. */
export function JsonPane({ spec, findings, editor }: JsonPaneProps) {
  const noteId = useId();
  const gutter = useRef<HTMLOListElement>(null);
  const tokens = useMemo(() => jsonTokens(spec.text), [spec.text]);
  const marks = useMemo(() => marksOf(spec, findings), [spec, findings]);
  const lines = spec.text.split('\n').length;
  const { reading } = spec;

  return (
    <section className="card" aria-labelledby="json-title">
      <div className="card-head">
        <h2 id="json-title">{text.newRun.json}</h2>
        <button
          type="button"
          className="button button-small"
          aria-disabled={!reading.ok}
          onClick={() => reading.ok && spec.setText(writeJson(reading.value))}
        >
          {text.newRun.format}
        </button>
      </div>
      <div className="json-editor">
        <ol ref={gutter} className="json-gutter" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
            <li key={index} className={marks.has(index + 1) ? `json-mark-${marks.get(index + 1)}` : undefined} />
          ))}
        </ol>
        <div className="json-area">
          <pre aria-hidden="true">
            {tokens.map((token, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move.
              <span key={index} className={`json-${token.kind}`}>
                {token.text}
              </span>
            ))}
            {'\n'}
          </pre>
          <textarea
            ref={editor}
            aria-label={text.newRun.json}
            aria-describedby={noteId}
            aria-invalid={!reading.ok || undefined}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            wrap="off"
            value={spec.text}
            onChange={(event) => spec.setText(event.target.value)}
          />
        </div>
      </div>
      <p className={reading.ok ? 'card-note' : 'finding finding-error'} id={noteId}>
        {reading.ok ? text.newRun.jsonNote : findings[0]?.message}
      </p>
    </section>
  );
}

/** Lines with findings, each with the worst severity there. */
function marksOf({ text: written, reading }: SpecText, findings: readonly SpecFinding[]): Map<number, string> {
  const marks = new Map<number, string>();
  if (!reading.ok) {
    return marks.set(lineOf(written, reading.offset).line, 'error');
  }
  for (const { pointer, severity } of findings) {
    const place = placeOf(reading.places, pointer);
    const line = place === undefined ? 1 : lineOf(written, place.start).line;
    if (marks.get(line) !== 'error') {
      marks.set(line, severity);
    }
  }
  return marks;
}

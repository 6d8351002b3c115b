import { type RefObject, useId, useMemo } from 'react';
import type { SpecFinding } from '../api/types';
import { Button } from '../design/Button';
import { HighlightedJson } from '../json/HighlightedJson';
import { lineOf, nodeAt } from '../json/parse';
import { writeJson } from '../json/writeJson';
import { text } from '../text/text';
import type { SpecText } from './useSpecText';

interface JsonPaneProps {
  spec: SpecText;
  findings: readonly SpecFinding[];
  editor: RefObject<HTMLTextAreaElement | null>;
}

/** The spec as text: an editor with syntax colours, line numbers, and marks at the lines with findings. */
export function JsonPane({ spec, findings, editor }: JsonPaneProps) {
  const noteId = useId();
  const marks = useMemo(() => marksOf(spec, findings), [spec, findings]);
  const lines = spec.text.split('\n').length;
  const { reading } = spec;

  return (
    <>
      <div className="json-editor">
        <ol className="json-gutter" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
            <li key={index} className={marks.has(index + 1) ? `json-mark-${marks.get(index + 1)}` : undefined} />
          ))}
        </ol>
        <div className="json-area">
          <pre aria-hidden="true">
            <HighlightedJson json={spec.text} />
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
      <div className="json-foot row spread">
        <p className={reading.ok ? 'card-note' : 'finding finding-error'} id={noteId}>
          {reading.ok ? text.newRun.jsonNote : findings[0]?.message}
        </p>
        <Button small blocked={!reading.ok} onClick={() => reading.ok && spec.setText(writeJson(reading.value))}>
          {text.newRun.format}
        </Button>
      </div>
    </>
  );
}

/** The worst severity of the findings at each line. */
function marksOf({ text: json, reading }: SpecText, findings: readonly SpecFinding[]): Map<number, string> {
  const marks = new Map<number, string>();
  if (!reading.ok) {
    return marks.set(lineOf(json, reading.offset).line, 'error');
  }
  for (const { pointer, severity } of findings) {
    const { line } = lineOf(json, nodeAt(reading.root, pointer).offset);
    if (marks.get(line) !== 'error') {
      marks.set(line, severity);
    }
  }
  return marks;
}

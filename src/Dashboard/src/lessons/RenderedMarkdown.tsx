import { Marked } from 'marked';
import { useMemo } from 'react';
import temml from 'temml';
import 'temml/dist/Temml-Local.css';
import '../design/math.css';

/** Formulas as MathML, which browsers typeset themselves. */
const formula = (tex: string, displayMode: boolean): string =>
  temml.renderToString(tex, { displayMode, throwOnError: false });

const marked = new Marked({
  extensions: [
    {
      name: 'formula',
      level: 'inline',
      start: (source) => source.indexOf('$'),
      tokenizer: (source) => {
        const match = /^(\${1,2})((?:[^$]|\\\$)+)\1/.exec(source);
        return match === null
          ? undefined
          : { type: 'formula', raw: match[0], tex: match[2], isDisplay: match[1] === '$$' };
      },
      renderer: (token) => formula(String(token.tex).trim(), token.isDisplay === true),
    },
  ],
});

/** Markdown of a lesson. */
export default function RenderedMarkdown({ source, isInline = false }: { source: string; isInline?: boolean }) {
  const html = useMemo(
    () => ({ __html: isInline ? String(marked.parseInline(source)) : String(marked.parse(source)) }),
    [source, isInline],
  );
  // The text is a file of the service's own build.
  return isInline ? (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: see above.
    <span dangerouslySetInnerHTML={html} />
  ) : (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: see above.
    <div className="lesson-text" dangerouslySetInnerHTML={html} />
  );
}

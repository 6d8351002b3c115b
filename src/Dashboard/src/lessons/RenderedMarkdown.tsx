import { Marked } from 'marked';
import { useEffect, useMemo, useRef } from 'react';
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

/** A formula that is wider than its column scrolls, also by keys. */
function focusWide(content: HTMLElement): void {
  for (const math of content.querySelectorAll('math')) {
    if (math.scrollWidth > math.clientWidth) {
      math.setAttribute('tabindex', '0');
    } else {
      math.removeAttribute('tabindex');
    }
  }
}

/** Markdown of a lesson. */
export default function RenderedMarkdown({ source, isInline = false }: { source: string; isInline?: boolean }) {
  const html = useMemo(
    () => ({ __html: isInline ? String(marked.parseInline(source)) : String(marked.parse(source)) }),
    [source, isInline],
  );
  const content = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the formulas are those of the text.
  useEffect(() => {
    const root = content.current;
    if (root === null) {
      return;
    }
    const observer = new ResizeObserver(() => focusWide(root));
    observer.observe(root);
    return () => observer.disconnect();
  }, [html]);
  // The text is a file of the service's own build.
  return isInline ? (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: see above.
    <span dangerouslySetInnerHTML={html} />
  ) : (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: see above.
    <div ref={content} className="lesson-text" dangerouslySetInnerHTML={html} />
  );
}

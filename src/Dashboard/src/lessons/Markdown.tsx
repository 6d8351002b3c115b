import { lazy, Suspense } from 'react';

const Rendered = lazy(() => import('./RenderedMarkdown'));

/** An explanation: Markdown, with formulas of TeX between dollar signs. What typesets it is loaded when it is first shown. */
export const Markdown = ({ children }: { children: string }) => (
  <Suspense fallback={<p className="lesson-text">{children}</p>}>
    <Rendered source={children} />
  </Suspense>
);

/** A sentence with formulas; without any, nothing is loaded. */
export const InlineMarkdown = ({ children }: { children: string }) =>
  /[$*`]/.test(children) ? (
    <Suspense fallback={children}>
      <Rendered source={children} isInline />
    </Suspense>
  ) : (
    children
  );

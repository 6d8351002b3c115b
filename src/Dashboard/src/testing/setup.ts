import { afterEach } from 'vitest';

// Files that need a page translate so in their first line; the rest run without one, which is faster.
if (typeof window !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/react');
  afterEach(cleanup);
  // What is waited for comes at once, but not on a machine that others use too.
  configure({ asyncUtilTimeout: 30_000 });

  // jsdom has no layout, no media and no modal dialogs; the pages ask for all of them.
  window.matchMedia ??= (query: string) =>
    ({
      matches: false,
      media: query,
      addEventListener: () => {},
      removeEventListener: () => {},
    }) as unknown as MediaQueryList;
  window.scrollTo = () => {};
  // A list that measures its rows must find them of some height.
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 57 });
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.scrollIntoView ??= () => {};
  HTMLDialogElement.prototype.showModal ??= function showModal() {
    this.open = true;
  };
}

/** Brings the part of the form for a pointer, or the nearest one around it, into view and puts the focus there. */
export function showFinding(pointer: string): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const part = parts.find((one) => one.dataset.pointer === path);
    if (part !== undefined) {
      part.scrollIntoView({ block: 'center' });
      part.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
      return;
    }
  }
}

/** Opens what hides the form field of a pointer, or of its nearest ancestor, scrolls to it and focuses it. */
export function focusField(pointer: string): void {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const field = fields.find((one) => one.dataset.pointer === path);
    if (field !== undefined) {
      for (
        let hidden = field.closest('details');
        hidden !== null;
        hidden = hidden.parentElement?.closest('details') ?? null
      ) {
        hidden.open = true;
      }
      field.scrollIntoView({ block: 'center' });
      field
        .querySelector<HTMLElement>('input, select, textarea, button:not(.help-button, .vary-button)')
        ?.focus({ preventScroll: true });
      return;
    }
  }
}

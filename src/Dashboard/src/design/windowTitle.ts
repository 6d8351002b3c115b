import { text } from '../text/text';

let page: string = text.appName;
let notice = '';

const show = () => {
  document.title = notice === '' ? page : `${notice} · ${text.appName}`;
};

/** The title of the window while a page is shown. */
export function setWindowTitle(title: string): void {
  page = `${title} · ${text.appName}`;
  show();
}

/** Shown instead of the page's title; empty for none. */
export function setWindowNotice(next: string): void {
  notice = next;
  show();
}

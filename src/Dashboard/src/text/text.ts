import { en, type Text } from './en';
import { readLanguage } from './language';

/**
 * The texts of the language in use. A module constant: a change of language reloads the page, whose state is in the address. A language
 * other than English is loaded when it is asked for.
 */
export const text: Text = readLanguage() === 'ko' ? (await import('./ko')).ko : en;

if (typeof document !== 'undefined') {
  document.documentElement.lang = text.locale;
}

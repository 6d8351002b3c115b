import { en, type Text } from './en';
import { readLanguage } from './language';

/**
 * The texts of the language in use. A constant: changing the language reloads the page, whose state is in the URL. Languages other than
 * English are loaded lazily, so their modules must not import this one.
 */
export const text: Text = readLanguage() === 'ko' ? (await import('./ko')).ko : en;

if (typeof document !== 'undefined') {
  document.documentElement.lang = text.locale;
}

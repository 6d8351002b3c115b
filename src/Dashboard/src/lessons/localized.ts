import { text } from '../text/text';

/** A text of a lesson, in both languages. */
export interface Localized {
  readonly en: string;
  readonly ko: string;
}

/** The text in the language of the page. */
export const say = (both: Localized): string => (text.locale === 'ko' ? both.ko : both.en);

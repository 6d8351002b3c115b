import { techniques as english } from '../en/techniques';
import { titles } from './catalog/titles';

/** Without what the title of the catalog has in parentheses: He. */
const short = (title: string): string => title.replace(/ \(.*$/, '');

export const techniques: typeof english = {
  techniques: {
    ...english.techniques,
    ...Object.fromEntries(
      Object.entries(titles)
        .filter(([key]) => key in english.techniques)
        .map(([key, title]) => [key, short(title)]),
    ),
  },
};

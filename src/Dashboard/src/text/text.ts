import { en, type Text } from './en';

/** The texts of the language in use. A module constant: a change of language reloads the page, whose state is in the address. */
export const text: Text = en;

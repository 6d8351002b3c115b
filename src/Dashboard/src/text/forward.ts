import { forward as english } from './en/forward';
import { readLanguage } from './language';

/** The texts of the forward pass in the language in use. Not among the others, which are loaded with the first page. */
export const forwardText: typeof english = readLanguage() === 'ko' ? (await import('./ko/forward')).forward : english;

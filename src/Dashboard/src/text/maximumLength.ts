/**
 * The maxLength of a field for text of that many characters. The service counts Unicode code points, a field UTF-16 units, of which a character such as an emoji
 * has two: the field lets through what may fit, and the service counts exactly.
 */
export const maximumLength = (characters: number): number => 2 * characters;

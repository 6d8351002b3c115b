import { text } from './text';

/** weightDecay as Weight decay, snake_case as Snake case. */
export function humanize(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The label of a member of a spec: by its pointer (with * for each index), else by its name. */
export function fieldLabel(pattern: string, name: string): string {
  const { names } = text.newRun;
  return names[pattern] ?? names[name] ?? humanize(name);
}

/** The label of a member of a spec: the service's English one, or, in another language, the labels of the last segments of its pointer. */
export function pointerLabel(pointer: string, english: string): string {
  if (text.locale === 'en') {
    return english.charAt(0).toUpperCase() + english.slice(1);
  }
  const segments = pointer.split('/').slice(1);
  return segments
    .map((segment, index) => ({ segment, pattern: `/${segments.slice(0, index + 1).join('/')}` }))
    .filter(({ segment }, index) => segments.length === 1 || (index > 0 && segment !== 'name'))
    .map(({ segment, pattern }) => (/^\d+$/.test(segment) ? String(Number(segment) + 1) : fieldLabel(pattern, segment)))
    .join(' ');
}

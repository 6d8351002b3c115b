/** The languages of the dashboard, each by its own name. */
export const languages = { en: 'English', ko: '한국어' } as const;

export type Language = keyof typeof languages;

const key = 'trainyard.language';
const isLanguage = (value: string | null | undefined): value is Language => value != null && value in languages;

/** What was chosen before; else the first of the browser's languages that the dashboard speaks; else English. */
export function readLanguage(): Language {
  try {
    const stored = localStorage.getItem(key);
    if (isLanguage(stored)) {
      return stored;
    }
  } catch {
    // Storage is blocked, or there is no browser.
  }
  const wanted = globalThis.navigator?.languages ?? [];
  return wanted.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** Remembers the language and loads the page anew in it; the address holds what the page shows. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Storage is blocked: the browser's language goes on to hold.
  }
  window.location.reload();
}

/** The languages of the dashboard, each by its own name. */
export const languages = { en: 'English', ko: '한국어' } as const;

export type Language = keyof typeof languages;

const key = 'trainyard.language';
const isLanguage = (value: string | null | undefined): value is Language => value != null && value in languages;

/** The stored language; else the first supported language of the browser; else English. */
export function readLanguage(): Language {
  try {
    const stored = localStorage.getItem(key);
    if (isLanguage(stored)) {
      return stored;
    }
  } catch {
    // Storage is blocked, or there is no browser.
  }
  const preferred = globalThis.navigator?.languages ?? [];
  return preferred.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** Stores the language and reloads the page; the URL restores the view. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Storage is blocked: the language of the browser stays in effect.
  }
  window.location.reload();
}

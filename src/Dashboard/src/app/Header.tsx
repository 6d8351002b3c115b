import type { ReactNode } from 'react';
import { Account } from '../access/Account';
import { usePermissions } from '../access/permissions';
import { Link } from '../navigation/navigation';
import { nextTheme, useThemeChoice } from '../navigation/theme';
import { chooseLanguage, type Language, languages } from '../text/language';
import { text } from '../text/text';
import { ConnectionStatus } from './Connection';
import { isWithin, routes } from './routes';

const entries = routes.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));

export function Header({ path }: { path: string }) {
  const may = usePermissions();
  return (
    <TopBar>
      <nav aria-label={text.nav.label}>
        {entries
          .filter(({ needs }) => needs === undefined || may[needs])
          .map(({ href, label }) => (
            <Link key={href} href={href} aria-current={isWithin(href, path) ? 'page' : undefined}>
              {label}
            </Link>
          ))}
      </nav>
      <ConnectionStatus />
      <Account />
    </TopBar>
  );
}

/** The brand, what belongs to the page, and the switches. */
export const TopBar = ({ children }: { children?: ReactNode }) => (
  <header className="topbar">
    <div className="topbar-inner row">
      <Link href="/" className="brand row">
        <img src="/icon.svg" alt="" width="28" height="28" />
        {text.appName}
      </Link>
      {children}
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  </header>
);

/** The other languages, by their own names. */
const LanguageSwitch = () => (
  <div role="group" aria-label={text.language.label}>
    {(Object.keys(languages) as Language[])
      .filter((language) => language !== text.locale)
      .map((language) => (
        <button
          key={language}
          type="button"
          className="switch row muted"
          lang={language}
          onClick={() => chooseLanguage(language)}
        >
          {languages[language]}
        </button>
      ))}
  </div>
);

function ThemeSwitch() {
  const theme = useThemeChoice();
  const moon =
    theme === 'light' ? '' : theme === 'dark' ? 'M10 3a7 7 0 1 1 0 14a7 7 0 1 1 0-14' : 'M10 3a7 7 0 0 1 0 14z';
  return (
    <button
      type="button"
      className="switch row muted"
      onClick={nextTheme}
      aria-label={text.theme.label(text.theme.names[theme])}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.8" />
        <path d={moon} fill="currentColor" />
      </svg>
      <span aria-hidden="true">{text.theme.names[theme]}</span>
    </button>
  );
}

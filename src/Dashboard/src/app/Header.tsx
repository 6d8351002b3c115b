import { type ReactNode, useEffect, useRef } from 'react';
import { Account } from '../access/Account';
import { usePermissions } from '../access/permissions';
import { Link } from '../navigation/navigation';
import { nextTheme, useThemeChoice } from '../navigation/theme';
import { chooseLanguage, type Language, languages } from '../text/language';
import { text } from '../text/text';
import { toggleNotify, useNotifyChoice } from './browserNotices';
import { ConnectionStatus } from './Connection';
import { Presentation } from './Presentation';
import { isWithin, routes } from './routes';

const entries = routes.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));

export function Header({ path }: { path: string }) {
  const may = usePermissions();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the entries scroll.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current entry is that of the path.
  useEffect(() => {
    const current = nav.current?.querySelector('[aria-current]')?.getBoundingClientRect();
    if (nav.current !== null && current !== undefined) {
      const { left, width } = nav.current.getBoundingClientRect();
      nav.current.scrollLeft += current.left + current.width / 2 - (left + width / 2);
    }
  }, [path]);
  return (
    <TopBar>
      <nav ref={nav} aria-label={text.nav.label}>
        {entries
          .filter(({ needs }) => needs === undefined || may[needs])
          .map(({ href, label }) => (
            <Link key={href} href={href} aria-current={isWithin(href, path) ? 'page' : undefined}>
              {label}
            </Link>
          ))}
      </nav>
      <ConnectionStatus />
      <Presentation path={path} />
      <NotifySwitch />
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

/** Notifications of the browser; the browser asks for permission after the first click. */
function NotifySwitch() {
  const choice = useNotifyChoice();
  if (choice === 'unsupported') {
    return null;
  }
  const label = text.notices.switch[choice];
  return (
    <button
      type="button"
      className="switch row muted"
      aria-pressed={choice === 'on'}
      aria-disabled={choice === 'blocked'}
      title={label}
      aria-label={text.notices.label}
      onClick={choice === 'blocked' ? undefined : () => void toggleNotify()}
    >
      <svg className="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <path
          d="M10 2.5c-3 0-4.6 2.2-4.6 5v3L3.8 14h12.4l-1.6-3.5v-3c0-2.8-1.6-5-4.6-5zM8.2 16.5c.5 1.3 3.1 1.3 3.6 0"
          fill={choice === 'on' ? 'currentColor' : 'none'}
        />
        {choice !== 'on' && <path d="M3 3l14 14" />}
      </svg>
    </button>
  );
}

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

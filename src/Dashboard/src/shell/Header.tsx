import { text } from '../text/text';
import { ConnectionStatus } from './Connection';
import { Link } from './navigation';
import { nextTheme, useThemeChoice } from './theme';

/** The pages that have a place in the navigation. */
const pages = [
  { href: '/', label: text.nav.runs, isCurrent: (path: string) => path === '/' || path.startsWith('/runs') },
];

export function Header({ path }: { path: string }) {
  const theme = useThemeChoice();
  return (
    <header className="topbar">
      <div className="topbar-inner">
        <Link href="/" className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          {text.appName}
        </Link>
        <nav aria-label={text.nav.label}>
          {pages.map((page) => (
            <Link key={page.href} href={page.href} aria-current={page.isCurrent(path) ? 'page' : undefined}>
              {page.label}
            </Link>
          ))}
        </nav>
        <ConnectionStatus />
        <button
          type="button"
          className="theme"
          onClick={nextTheme}
          aria-label={text.theme.label(text.theme.names[theme])}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.8" />
            <path
              d={
                theme === 'light'
                  ? ''
                  : theme === 'dark'
                    ? 'M10 3a7 7 0 1 1 0 14a7 7 0 1 1 0-14'
                    : 'M10 3a7 7 0 0 1 0 14z'
              }
              fill="currentColor"
            />
          </svg>
          <span aria-hidden="true">{text.theme.names[theme]}</span>
        </button>
      </div>
    </header>
  );
}

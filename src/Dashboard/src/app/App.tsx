import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { usePermissions } from '../access/permissions';
import { SignInPage } from '../access/SignInPage';
import { isSignedOut, SessionContext, sessionQuery } from '../access/session';
import { unauthorized } from '../api/client';
import { Skeleton } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import type { LiveConnection } from '../live/LiveConnection';
import { LiveProvider } from '../live/LiveProvider';
import { Link, navigate, usePath } from '../navigation/navigation';
import { useShortcuts } from '../navigation/useKeyDown';
import { clearSelection, useDeselectDeleted } from '../runs/selection';
import { text } from '../text/text';
import { ConnectionBanner } from './Connection';
import { CrashBoundary } from './CrashBoundary';
import { Footer } from './Footer';
import { Header, TopBar } from './Header';
import { RunNotices } from './RunNotices';
import { findRoute } from './routes';
import { Shortcuts } from './Shortcuts';
import { TrainerBanner } from './TrainerBanner';
import './app.css';

/** The dashboard, or the sign-in page at the same address while nobody is signed in. */
export function App({ connection }: { connection: LiveConnection }) {
  const queries = useQueryClient();
  const { data: session, isPending, failureCount } = useQuery(sessionQuery);
  useEffect(() => {
    const ended = () => void queries.invalidateQueries(sessionQuery);
    window.addEventListener(unauthorized, ended);
    return () => window.removeEventListener(unauthorized, ended);
  }, [queries]);
  const isOut = session !== undefined && isSignedOut(session);
  useEffect(() => {
    if (isOut) {
      // The next one to sign in may be somebody else.
      clearSelection();
    }
  }, [isOut]);
  if (isPending && failureCount === 0) {
    return null;
  }
  if (isOut) {
    return (
      <>
        <TopBar />
        <main id="content">
          <SignInPage provider={session.provider} />
        </main>
      </>
    );
  }
  const pages = (
    <LiveProvider connection={connection}>
      <Pages />
    </LiveProvider>
  );
  return session === undefined ? pages : <SessionContext value={session}>{pages}</SessionContext>;
}

function Pages() {
  const path = usePath();
  const may = usePermissions();
  useDeselectDeleted();
  useShortcuts((event) => {
    if (event.key === 'n' && may.submit && path !== '/new') {
      event.preventDefault();
      navigate('/new');
    }
  });
  return (
    <>
      <a className="skip" href="#content">
        {text.skipToContent}
      </a>
      <Header path={path} />
      <ConnectionBanner />
      <TrainerBanner />
      <main id="content" className="stack" tabIndex={-1}>
        <CrashBoundary key={path}>
          <Suspense fallback={<Skeleton height={320} />}>
            <Content path={path} />
          </Suspense>
        </CrashBoundary>
      </main>
      <Footer />
      <RunNotices />
      <Shortcuts />
    </>
  );
}

function Content({ path }: { path: string }) {
  const found = findRoute(path);
  if (found === null) {
    return <NotFound />;
  }
  const { route, id } = found;
  return <route.Page key={id} id={id} />;
}

const NotFound = () => (
  <div className="message">
    <PageTitle>{text.notFound.title}</PageTitle>
    <p>{text.notFound.text}</p>
    <Link className="button" href="/">
      {text.notFound.home}
    </Link>
  </div>
);

import { lazy, Suspense } from 'react';
import { Skeleton } from '../design/Skeleton';
import { RunsPage } from '../runs/RunsPage';
import { text } from '../text/text';
import { ConnectionBanner } from './Connection';
import { CrashBoundary } from './CrashBoundary';
import { Footer } from './Footer';
import { Header } from './Header';
import { Link, usePath } from './navigation';
import { usePageTitle } from './usePageTitle';
import './shell.css';

const RunPage = lazy(() => import('../run/RunPage').then((module) => ({ default: module.RunPage })));

export function App() {
  const path = usePath();
  return (
    <>
      <a className="skip" href="#content">
        {text.skipToContent}
      </a>
      <Header path={path} />
      <ConnectionBanner />
      <main id="content">
        <CrashBoundary key={path}>
          <Suspense fallback={<Skeleton height={320} />}>
            <Page path={path} />
          </Suspense>
        </CrashBoundary>
      </main>
      <Footer />
    </>
  );
}

/** The routes. */
function Page({ path }: { path: string }) {
  if (path === '/') {
    return <RunsPage />;
  }
  const run = /^\/runs\/([^/]+)\/?$/.exec(path)?.[1];
  if (run !== undefined) {
    return <RunPage key={run} id={decodeURIComponent(run)} />;
  }
  return path === '/runs' ? <RunsPage /> : <NotFound />;
}

function NotFound() {
  const title = usePageTitle(text.notFound.title);
  return (
    <div className="message">
      <h1 ref={title} tabIndex={-1}>
        {text.notFound.title}
      </h1>
      <p>{text.notFound.text}</p>
      <Link className="button" href="/">
        {text.notFound.home}
      </Link>
    </div>
  );
}

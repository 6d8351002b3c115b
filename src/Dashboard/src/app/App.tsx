import { Suspense } from 'react';
import { Skeleton } from '../design/Loaded';
import { Link, usePath } from '../navigation/navigation';
import { usePageTitle } from '../navigation/usePageTitle';
import { text } from '../text/text';
import { ConnectionBanner } from './Connection';
import { CrashBoundary } from './CrashBoundary';
import { Footer } from './Footer';
import { Header } from './Header';
import { findRoute } from './routes';
import { TrainerBanner } from './TrainerBanner';
import './app.css';

export function App() {
  const path = usePath();
  return (
    <>
      <a className="skip" href="#content">
        {text.skipToContent}
      </a>
      <Header path={path} />
      <ConnectionBanner />
      <TrainerBanner />
      <main id="content" tabIndex={-1}>
        <CrashBoundary key={path}>
          <Suspense fallback={<Skeleton height={320} />}>
            <Content path={path} />
          </Suspense>
        </CrashBoundary>
      </main>
      <Footer />
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

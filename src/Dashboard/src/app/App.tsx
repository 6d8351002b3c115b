import { Suspense } from 'react';
import { Skeleton } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { Link, usePath } from '../navigation/navigation';
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
      <main id="content" className="stack" tabIndex={-1}>
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

const NotFound = () => (
  <div className="message">
    <PageTitle>{text.notFound.title}</PageTitle>
    <p>{text.notFound.text}</p>
    <Link className="button" href="/">
      {text.notFound.home}
    </Link>
  </div>
);

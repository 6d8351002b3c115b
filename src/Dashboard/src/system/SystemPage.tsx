import type { ReactNode } from 'react';
import type { SystemState } from '../api/types';
import { Figure, Figures } from '../design/Figure';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { useNow } from '../shell/useNow';
import { usePageTitle } from '../shell/usePageTitle';
import { ago, dateTime, integer } from '../text/format';
import { text } from '../text/text';
import { engineName, useSystem } from './useSystem';
import { Workers } from './Workers';
import './system.css';

/** What is at work: queue, workers, service, store. */
export function SystemPage() {
  const title = usePageTitle(text.system.title);
  const { data, error, refetch } = useSystem(3_000);
  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {text.system.title}
      </h1>
      {data !== undefined ? (
        <LoadedSystem system={data} />
      ) : error === null ? (
        <div role="status" aria-label={text.system.loading}>
          <Skeleton height={320} />
        </div>
      ) : (
        <Problem title={text.system.errorTitle} error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}

function LoadedSystem({ system }: { system: SystemState }) {
  const now = useNow(1_000);
  const alive = system.workers.filter((worker) => worker.alive);
  const slots = alive.reduce((sum, worker) => sum + worker.slots, 0);
  const { queued, running } = system.queue;
  return (
    <>
      {alive.length === 0 && queued > 0 && (
        <p className="message message-danger" role="alert">
          {text.system.stuck(queued)}
        </p>
      )}
      <Figures label={text.system.queueTitle}>
        <Figure name={text.system.queued} value={integer(queued)} />
        <Figure name={text.system.running} value={integer(running)} />
        <Figure
          name={text.system.slotsFree}
          value={integer(Math.max(slots - running, 0))}
          note={text.system.slotsOf(slots)}
        />
      </Figures>
      <Workers workers={system.workers} now={now} />
      <section className="card" aria-labelledby="service-title">
        <div className="card-head">
          <h2 id="service-title">{text.system.serviceTitle}</h2>
        </div>
        <dl className="facts">
          <Fact name={text.system.version} value={system.version} />
          <Fact
            name={text.system.started}
            value={<time dateTime={system.startedAt}>{ago(system.startedAt, now)}</time>}
            note={dateTime(system.startedAt)}
          />
          <Fact
            name={text.system.engine}
            value={system.engine === null ? text.system.noEngine : engineName(system.engine)}
          />
          <Fact name={text.system.role} value={system.role} note={text.system.roles[system.role]} />
          <Fact
            name={text.system.dispatcher}
            value={system.dispatcher}
            note={text.system.dispatchers[system.dispatcher]}
          />
          <Fact
            name={text.system.store}
            value={`PostgreSQL ${system.store.version}`}
            note={text.system.stores[system.store.kind]}
          />
        </dl>
      </section>
    </>
  );
}

const Fact = ({ name, value, note }: { name: string; value: ReactNode; note?: string | undefined }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value}
      {note !== undefined && <small>{note}</small>}
    </dd>
  </div>
);

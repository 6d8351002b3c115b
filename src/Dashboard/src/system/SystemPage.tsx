import type { ReactNode } from 'react';
import { useSession } from '../access/session';
import type { SystemInfo, TrainerState, WorkerInfo } from '../api/types';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { Figure, Figures } from '../design/Figure';
import { Icon } from '../design/Icon';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { useNow } from '../navigation/useNow';
import { ago, brief, dateTime, integer } from '../text/format';
import { text } from '../text/text';
import { engineName, useSystem } from './useSystem';
import './system.css';

const t = text.system;

/** Queue, workers, service and store. */
export const SystemPage = () => (
  <>
    <PageTitle>{t.title}</PageTitle>
    <Loaded query={useSystem(3_000)} errorTitle={t.errorTitle} heights={[320]} label={t.loading}>
      {(system) => <LoadedSystem system={system} />}
    </Loaded>
  </>
);

function LoadedSystem({ system }: { system: SystemInfo }) {
  const now = useNow(1_000);
  const online = system.workers.filter((worker) => worker.alive);
  const slots = online.reduce((sum, worker) => sum + worker.slots, 0);
  const { queued, running, withoutWorker } = system.queue;
  return (
    <>
      {online.length === 0 && queued > 0 && (
        <p className="message message-danger" role="alert">
          {t.stuck(queued)}
        </p>
      )}
      {online.length > 0 && withoutWorker > 0 && (
        <p className="message message-danger" role="alert">
          {t.withoutWorker(withoutWorker)}
        </p>
      )}
      <Figures label={t.queueTitle}>
        <Figure name={t.queued} value={integer(queued)} />
        <Figure name={t.running} value={integer(running)} />
        <Figure name={t.slotsFree} value={integer(Math.max(slots - running, 0))} note={t.slotsOf(slots)} />
      </Figures>
      <Workers workers={system.workers} now={now} />
      <Card title={t.serviceTitle}>
        <dl className="facts">
          <Fact name={t.version} value={system.version} />
          <Fact
            name={t.started}
            value={<time dateTime={system.startedAt}>{ago(system.startedAt, now)}</time>}
            note={dateTime(system.startedAt)}
          />
          <Fact name={t.engine} value={engineName(system.engine)} />
          {system.trainer !== null && <TrainerFact trainer={system.trainer} />}
          <Fact name={t.role} value={system.role} note={t.roles[system.role]} />
          <AccessFact />
          <Fact name={t.store} value={`PostgreSQL ${system.store.version}`} note={t.stores[system.store.kind]} />
        </dl>
      </Card>
    </>
  );
}

const TrainerFact = ({ trainer: { ready, reason, since } }: { trainer: TrainerState }) => (
  <Fact
    name={t.trainer}
    value={ready ? t.trainerReady : reason === null ? t.trainerChecking : t.notTrained(reason)}
    note={t.since(dateTime(since))}
  />
);

function AccessFact() {
  const { name, scope } = useSession();
  return name === null || scope === null ? (
    <Fact name={t.access} value={t.openAccess} note={t.openAccessNote} />
  ) : (
    <Fact name={t.access} value={text.access.signedInAs(name, text.access.scopes[scope])} />
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

const Workers = ({ workers, now }: { workers: readonly WorkerInfo[]; now: number }) => (
  <Card title={t.workersTitle}>
    {workers.length === 0 ? (
      <p className="card-note">{t.noWorkers}</p>
    ) : (
      <DataTable
        label={t.workersLabel}
        rows={workers}
        rowKey={({ id }) => id}
        rowProps={({ id }) => ({ 'data-worker': id })}
        columns={[
          { name: t.workers.id, cell: ({ id }) => id, isRowHeader: true, className: 'mono' },
          {
            name: t.workers.state,
            cell: ({ alive, problem }) => (
              <>
                <WorkerBadge isOnline={alive} />
                {alive && problem !== null && (
                  <small>
                    {t.unable}: {problem}
                  </small>
                )}
              </>
            ),
          },
          { name: t.workers.host, cell: ({ host }) => host },
          { name: t.workers.queues, cell: ({ queues }) => queues.join(', ') },
          {
            name: t.workers.slots,
            cell: ({ slots, oneThreadFlops }) => (
              <>
                {integer(slots)}
                {oneThreadFlops !== null && <small>{t.slotsAuto(brief(oneThreadFlops))}</small>}
              </>
            ),
            isNumber: true,
          },
          {
            name: t.workers.started,
            cell: ({ startedAt }) => ago(startedAt, now),
            className: 'nowrap',
            title: ({ startedAt }) => dateTime(startedAt),
          },
          {
            name: t.workers.seen,
            cell: ({ seenAt }) => ago(seenAt, now),
            className: 'nowrap',
            title: ({ seenAt }) => dateTime(seenAt),
          },
        ]}
      />
    )}
  </Card>
);

const WorkerBadge = ({ isOnline }: { isOnline: boolean }) => (
  <span className={`badge badge-${isOnline ? 'succeeded' : 'failed'}`}>
    <Icon shape={isOnline ? 'check' : 'cross'} />
    {isOnline ? t.online : t.lost}
  </span>
);

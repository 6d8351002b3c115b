using System.Text.Json;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Queue;

/// <summary>
/// All hand-written SQL of the queue. Every time in it is the database's clock (now()), so clocks of workers may differ. Each statement is
/// a transaction of its own; the state event that goes with a change of state is written by the same statement, and announced by it.
/// Rates: 2 busy cores, 2026-11-21, PostgreSQL on the same machine; command and conditions in bench/queue/README.md.
/// </summary>
internal static class QueueSql
{
    // Claims a run and tells the story of it: attempt, state event, announcement. `picked` chooses the row and locks it.
    private const string ClaimPicked =
        """
        , claimed as (
            update runs r set
                state = 'running', attempt = r.attempt + 1, worker = $1, lease_expires_at = now() + $2,
                started_at = coalesce(r.started_at, now()), updated_at = now(), last_seq = r.last_seq + 1
            from picked where r.id = picked.id
            returning r.id, r.attempt, r.failed_attempts, r.spec, r.weights, r.last_seq
        ), attempt as (
            insert into attempts (run_id, attempt, worker, started_at) select id, attempt, $1, now() from claimed
        ), event as (
            insert into run_events (run_id, seq, attempt, at, type, data)
            select id, last_seq, attempt, now(), 'state',
                jsonb_build_object('type', 'state', 'state', 'running', 'reason', null, 'worker', $1::text)
            from claimed
        )
        select id, attempt, failed_attempts, spec::text, weights, pg_notify('trainyard_runs', id || ':' || last_seq),
            case when attempt > 1 then
                coalesce((select (e.data ->> 'step')::bigint from run_events e where e.run_id = claimed.id and e.type = 'checkpoint' order by e.seq desc limit 1), 0)
            end
        from claimed
        """;

    /// <summary>
    /// The oldest claimable run of one queue. $1 worker, $2 lease, $3 queue.
    /// Lock: one row, FOR UPDATE SKIP LOCKED, so that concurrent claims take different rows and none waits. A row that a claim locked and
    /// then lost (rollback) is found by the next look. Under READ COMMITTED a row that changed before the lock was taken is checked again.
    /// Index: runs_claimable (queue, id) where state = 'queued', read in order and left at the first row that is due.
    /// Rate: 460 claims a second with one worker and 514 with four, on 10,000 queued runs, commit included.
    /// </summary>
    public const string ClaimNext =
        """
        with picked as (
            select id from runs
            where queue = $3 and state = 'queued' and not_before <= now()
            order by id limit 1
            for update skip locked
        )
        """ + ClaimPicked;

    /// <summary>
    /// One given run, if it can be claimed now; of given queues only. $1 worker, $2 lease, $3 run, $4 queues.
    /// Lock: as above. SKIP LOCKED makes a second delivery of the same run return at once instead of waiting. Index: primary key.
    /// </summary>
    public const string ClaimOne =
        """
        with picked as (
            select id from runs
            where id = $3 and queue = any($4) and state = 'queued' and not_before <= now()
            for update skip locked
        )
        """ + ClaimPicked;

    /// <summary>
    /// Renews a lease. $1 run, $2 attempt, $3 lease.
    /// Lock: one row, for the length of the statement; waits at most for an append of the same attempt. Index: primary key.
    /// Rate: 1,245 a second. An expired lease is renewed too, as long as the rescuer has not taken the run: nobody else can hold it then.
    /// </summary>
    public const string Renew =
        """
        update runs set lease_expires_at = now() + $3
        where id = $1 and attempt = $2 and state in ('running', 'pausing')
        returning state, cancel_requested
        """;

    // The end of an attempt. `ended` names the runs and what becomes of them; `said` is why: reason, code and arguments as a state event has them.
    // A wish to cancel or to pause outlives the worker.
    private const string EndPicked =
        """
        , changed as (
            update runs r set
                state = e.state,
                worker = case when e.state = 'queued' then null else r.worker end,
                lease_expires_at = null,
                updated_at = now(),
                finished_at = case when e.state in ('succeeded', 'failed', 'cancelled') then now() end,
                failure_class = case when e.state = 'failed' then e.failure end,
                failure_message = case when e.state = 'failed' then e.said ->> 'reason' end,
                failure_code = case when e.state = 'failed' then e.said ->> 'code' end,
                failure_arguments = case when e.state = 'failed' then nullif(e.said -> 'arguments', 'null') end,
                failed_attempts = r.failed_attempts + case when e.counts then 1 else 0 end,
                not_before = case when e.state = 'queued' then now() + e.backoff else r.not_before end,
                last_seq = r.last_seq + 1
            from ended e where r.id = e.id
            returning r.id, r.queue, r.attempt, r.state, r.last_seq, e.said, e.outcome
        ), attempt as (
            update attempts a set ended_at = now(), outcome = c.outcome, code = c.said ->> 'code', arguments = nullif(c.said -> 'arguments', 'null')
            from changed c where a.run_id = c.id and a.attempt = c.attempt
        ), event as (
            insert into run_events (run_id, seq, attempt, at, type, data)
            select id, last_seq, attempt, now(), 'state',
                jsonb_build_object('type', 'state', 'state', state, 'reason', null, 'worker', null) || coalesce(said, '{}')
            from changed
        )
        select id, attempt, state, pg_notify('trainyard_runs', id || ':' || last_seq),
            case when state = 'queued' then pg_notify('trainyard_queue', queue)::text end
        from changed
        """;

    /// <summary>
    /// Ends an attempt that still holds its run. $1 run, $2 attempt, $3 state, $4 what is said, $5 failure class, $6 outcome, $7 counts as
    /// failure, $8 backoff. No row comes back when the attempt no longer holds the run.
    /// Lock: one row, FOR UPDATE: waits for a renewal or an append of the same attempt, never for another run. Index: primary key.
    /// </summary>
    public const string End =
        """
        with ended as (
            select id, $4::jsonb as said, $5::text as failure, $6::text as outcome, $7::boolean as counts, $8::interval as backoff,
                case when $3 in ('queued', 'paused') and cancel_requested then 'cancelled'
                     when $3 = 'queued' and state = 'pausing' then 'paused'
                     else $3 end as state
            from runs
            where id = $1 and attempt = $2 and state in ('running', 'pausing')
            for update
        )
        """ + EndPicked;

    // What becomes of a run whose worker is lost. $1 most failures, $2 backoff in seconds.
    private const string Lost =
        """
        'lost_worker' as failure, true as counts,
                case when cancel_requested then 'cancelled'
                     when state = 'pausing' then 'paused'
                     when failed_attempts + 1 >= $1 then 'failed'
                     else 'queued' end as state
        """;

    private const string SaidOfLease =
        "jsonb_build_object('code', 'worker_lost', 'arguments', jsonb_build_object('worker', worker, 'reason', 'lease', 'failure', failed_attempts + 1, 'maximum', $1), "
        + "'reason', 'Worker ' || worker || ' was not heard of for the length of its lease.' || " + Next + ")";

    private const string SaidOfConnection =
        "jsonb_build_object('code', 'worker_lost', 'arguments', jsonb_build_object('worker', worker, 'reason', 'connection', 'failure', failed_attempts + 1, 'maximum', $1), "
        + "'reason', 'Worker ' || worker || ' is gone: its connection to the database ended.' || " + Next + ")";

    private const string Next =
        """
        case when cancel_requested or state = 'pausing' then ''
                    when failed_attempts + 1 >= $1 then ' This was failure ' || (failed_attempts + 1) || ' of at most ' || $1 || '.'
                    else ' Trying again (failure ' || (failed_attempts + 1) || ' of at most ' || $1 || ').' end
        """;

    /// <summary>
    /// Puts back runs whose lease ran out. $1 most failures, $2 backoff in seconds.
    /// Lock: FOR UPDATE SKIP LOCKED, at most 100 rows at a time: rescuers of several processes share the work, and a row that its worker
    /// renews at this moment is left alone. Index: runs_leased (lease_expires_at), a range from its low end.
    /// </summary>
    public const string Rescue =
        $"""
        with ended as (
            select id, 'lost lease' as outcome, {Lost},
                make_interval(secs => $2 * power(2, least(failed_attempts, 16))) as backoff,
                {SaidOfLease} as said
            from runs
            where state in ('running', 'pausing') and lease_expires_at < now()
            order by lease_expires_at limit 100
            for update skip locked
        )
        {EndPicked}
        """;

    // A worker's own lock is held: by two numbers, ours and one made of its id. Equal numbers of two workers only make a dead one look alive,
    // and then its leases run out.
    private const string IsAlive =
        """
        exists (
            select from pg_locks l
            where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
                and l.classid = 723946001 and l.objid::bigint = hashtext(r.worker)::bigint & 4294967295 and l.objsubid = 2 and l.granted
        )
        """;

    /// <summary>
    /// A worker says that it lives, for as long as its connection does. $1 its id. Lock: a shared advisory one of the session. No write depends on
    /// it: what a worker may write is decided by its attempt alone, also when this connection breaks while it lives.
    /// </summary>
    public const string HoldWorker = "select pg_advisory_lock_shared(723946001, hashtext($1))";

    /// <summary>Workers that hold runs and not their lock. No lock. Index: runs_leased for the few runs that are held; pg_locks is in memory.</summary>
    public const string SilentWorkers =
        $"""
        select distinct w.id, w.host, w.process_id from runs r join workers w on w.id = r.worker
        where r.state in ('running', 'pausing') and w.process_id is not null and not {IsAlive}
        """;

    /// <summary>
    /// Puts back the runs of workers that do not hold their lock (still, when the row is looked at). $1 most failures, $2 backoff in seconds, $3 workers.
    /// The first time a run is put back at once: its worker died, and nothing says that it was the run's fault. Lock and index: as for the leases.
    /// </summary>
    public const string RescueOfDead =
        $"""
        with ended as (
            select id, 'lost worker' as outcome, {Lost},
                make_interval(secs => $2 * (power(2, least(failed_attempts, 16)) - 1)) as backoff,
                {SaidOfConnection} as said
            from runs r
            where state in ('running', 'pausing') and worker = any ($3) and not {IsAlive}
            order by lease_expires_at limit 100
            for update skip locked
        )
        {EndPicked}
        """;

    /// <summary>
    /// Claimable runs of queues, oldest first. $1 queues, $2 at most. No lock: the answer is a hint.
    /// Index: runs_claimable, one range per queue.
    /// </summary>
    public const string Claimable =
        "select id, queue, attempt from runs where queue = any($1) and state = 'queued' and not_before <= now() order by id limit $2";

    /// <summary>
    /// Waits until this is the only process that does something. $1 one of the numbers below. Lock: an advisory one, which ends with the
    /// transaction, however that ends. It stands in the way of nothing else.
    /// </summary>
    public const string Lock = "select pg_advisory_xact_lock($1)";

    /// <summary>For giving runs their Hangfire jobs.</summary>
    public const long SweepLock = 7_239_460_001;

    /// <summary>For making Hangfire's tables.</summary>
    public const long HangfireSchemaLock = 7_239_460_002;

    /// <summary>A worker says that it is there. $1 id, $2 host, $3 queues, $4 slots, $5 engine, $6 process. Index: primary key.</summary>
    public const string Register =
        """
        insert into workers (id, host, queues, slots, started_at, seen_at, engine, process_id) values ($1, $2, $3, $4, now(), now(), $5::jsonb, $6)
        on conflict (id) do update set seen_at = now()
        """;

    /// <summary>A worker says good-bye, and rows of workers that were silent for a day go too. $1 id. A handful of rows: no index.</summary>
    public const string Unregister = "delete from workers where id = $1 or seen_at < now() - interval '1 day'";

    /// <summary>The word of a failure class in the database and in JSON.</summary>
    public static string Word(FailureClass failure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());
}

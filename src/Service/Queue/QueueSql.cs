namespace Trainyard.Service.Queue;

// All SQL of the queue. Every time in it is the database's clock (now()), so clocks of workers may differ. Each statement is a transaction of its own;
// the state event of a change of state is written by the same statement, which also sends the notification. Reasons are stored as code and arguments.
// now() is the start of a transaction, which may have waited for a lock since: the time of an event is never before the run's last change.
// Rates: see bench/queue/README.md for the command, the machine and the conditions.
internal static class QueueSql
{
    // The owners who have this many runs in training, or more; the number follows. Index: runs_leased.
    private const string OwnersWith =
        "select coalesce(created_by, '') from runs where state in ('running', 'pausing') group by created_by having count(*) >=";

    private const string OwnerMayHaveMore = $"and coalesce(created_by, '') <> all (array({OwnersWith} $3))";

    // Claims a run, if it is claimable; of given queues only. $1 worker, $2 lease, $3 how many runs of one owner may be in training, $4 run, $5 queues.
    // limited: Whether there is such a number; then claims take ClaimLock before. The condition is left out otherwise, since it costs planning time.
    // Lock: one row, FOR UPDATE SKIP LOCKED: a second delivery of the same run returns at once instead of waiting. Under READ COMMITTED a row that
    // changed before the lock was taken is checked again. Index: primary key.
    public static string Claim(bool limited) =>
        $"""
        with picked as (
            select id from runs
            where id = $4 and queue = any($5) and state = 'queued' and not_before <= now() {(limited ? OwnerMayHaveMore : "")}
            for update skip locked
        ){ClaimPicked}
        """;

    // Claims the oldest claimable run of a queue. $1 worker, $2 lease, $3 as above, $4 queue. Lock: as above. Index: runs_claimable.
    public static string ClaimOldest(bool limited) =>
        $"""
        with picked as (
            select id from runs
            where queue = $4 and state = 'queued' and not_before <= now() {(limited ? OwnerMayHaveMore : "")}
            order by id limit 1
            for update skip locked
        ){ClaimPicked}
        """;

    // Floating-point operations of an update, as far as a claim can tell; of a run that needs a GPU no number is enough.
    private const string StepFlops =
        """
        case when queue = 'cuda' then 'Infinity'
            else training_flops * coalesce((spec #>> '{training,batchSize}')::float8, (spec #>> '{data,dataset,trainSamples}')::float8, 100000) end
        """;

    // Claims the oldest claimable run of a queue, unless its updates have $5 floating-point operations or more: then none. Otherwise as above.
    public static string ClaimOldestBelow(bool limited) =>
        $"""
        with oldest as (
            select id, {StepFlops} as step_flops from runs
            where queue = $4 and state = 'queued' and not_before <= now() {(limited ? OwnerMayHaveMore : "")}
            order by id limit 1
            for update skip locked
        ), picked as (
            select id from oldest where step_flops < $5
        ){ClaimPicked}
        """;

    private const string ClaimPicked =
        $"""
        , claimed as (
            update runs r set
                state = 'running', attempt = r.attempt + 1, worker = $1, lease_expires_at = now() + $2,
                started_at = coalesce(r.started_at, now()), updated_at = greatest(r.updated_at, now()), last_seq = r.last_seq + 1
            from picked where r.id = picked.id
            returning r.id, r.attempt, r.spec, r.weights, r.last_seq, r.updated_at, r.queue, r.training_flops
        ), attempt as (
            insert into attempts (run_id, attempt, worker, started_at) select id, attempt, $1, updated_at from claimed
        ), event as (
            insert into run_events (run_id, seq, attempt, at, type, data)
            select id, last_seq, attempt, updated_at, 'state', jsonb_build_object('type', 'state', 'state', 'running', 'worker', $1::text)
            from claimed
        )
        select id, attempt, spec::text, weights, pg_notify('trainyard_runs', id || ':' || last_seq),
            case when attempt > 1 then
                coalesce((select (e.data ->> 'step')::bigint from run_events e where e.run_id = claimed.id and e.type = 'checkpoint' order by e.seq desc limit 1), 0)
            end,
            {StepFlops}
        from claimed
        """;

    // Renews a lease. $1 run, $2 attempt, $3 lease.
    // Lock: one row, for the length of the statement; waits at most for an append of the same attempt. Index: primary key.
    // An expired lease is renewed too, as long as the run was not taken back: no other attempt can hold it then.
    public const string Renew =
        """
        update runs set lease_expires_at = now() + $3
        where id = $1 and attempt = $2 and state in ('running', 'pausing')
        returning state, cancel_requested
        """;

    // The end of attempts. `ended` has the runs with their next state and the reason (code and arguments). A cancel or pause request outlives the worker.
    private const string EndPicked =
        """
        , changed as (
            update runs r set
                state = e.state,
                worker = case when e.state = 'queued' then null else r.worker end,
                lease_expires_at = null,
                updated_at = greatest(r.updated_at, now()),
                finished_at = case when e.state in ('succeeded', 'failed', 'cancelled') then greatest(r.updated_at, now()) end,
                failure_class = case when e.state = 'failed' then e.failure end,
                failure_code = case when e.state = 'failed' then e.reason ->> 'code' end,
                failure_arguments = case when e.state = 'failed' then e.reason -> 'arguments' end,
                failed_attempts = r.failed_attempts + case when e.counts then 1 else 0 end,
                not_before = case when e.state = 'queued' then now() + e.backoff else r.not_before end,
                stored_bytes = coalesce(e.bytes, r.stored_bytes),
                last_seq = r.last_seq + 1
            from ended e where r.id = e.id
            returning r.id, r.queue, r.attempt, r.state, r.last_seq, r.updated_at, e.reason, e.outcome
        ), attempt as (
            update attempts a set ended_at = c.updated_at, outcome = c.outcome, code = c.reason ->> 'code', arguments = c.reason -> 'arguments'
            from changed c where a.run_id = c.id and a.attempt = c.attempt
        ), event as (
            insert into run_events (run_id, seq, attempt, at, type, data)
            select id, last_seq, attempt, updated_at, 'state', jsonb_build_object('type', 'state', 'state', state) || coalesce(reason, '{}')
            from changed
        )
        select id, attempt, state, pg_notify('trainyard_runs', id || ':' || last_seq),
            case when state = 'queued' then pg_notify('trainyard_queue', queue)::text end
        from changed
        """;

    // The next state after a failure that counts, $1 maximum of them; and what its reason says about it.
    private const string NextAfterFailure =
        """
        case when cancel_requested then 'cancelled'
                     when state = 'pausing' then 'paused'
                     when failed_attempts + 1 >= $1 then 'failed'
                     else 'queued' end
        """;

    private const string Counted = "jsonb_build_object('failure', failed_attempts + 1, 'maximum', $1)";

    // Ends an attempt that still holds its run. $1 maximum of failed attempts, $2 backoff in seconds after the first, $3 run, $4 attempt, $5 state, $6 reason,
    // $7 failure class, $8 outcome, $9 whether it counts as a failure, $10 backoff of one that does not, $11 bytes of the run's files, null: not known.
    // No row comes back when the attempt no longer holds the run.
    // Lock: one row, FOR UPDATE: waits for a renewal or an append of the same attempt, never for another run. Index: primary key.
    public const string End =
        $"""
        with ended as (
            select id, $7::text as failure, $8::text as outcome, $9::boolean as counts, $11::bigint as bytes,
                case when $9 then jsonb_build_object('code', $6::jsonb -> 'code', 'arguments', ($6::jsonb -> 'arguments') || {Counted}) else $6::jsonb end as reason,
                case when $9 then make_interval(secs => $2 * power(2, least(failed_attempts, 16))) else $10::interval end as backoff,
                case when $9 then {NextAfterFailure}
                     when $5 in ('queued', 'paused') and cancel_requested then 'cancelled'
                     when $5 = 'queued' and state = 'pausing' then 'paused'
                     else $5 end as state
            from runs
            where id = $3 and attempt = $4 and state in ('running', 'pausing')
            for update
        )
        """ + EndPicked;

    // The next state of a run whose worker is lost. $1 maximum of failed attempts.
    private const string LostColumns =
        $"""
        'lost_worker' as failure, true as counts, null::bigint as bytes, {NextAfterFailure} as state,
                jsonb_build_object('code', 'worker_lost', 'arguments', {Counted} || jsonb_build_object('worker', worker, 'reason',
        """;

    // Ends sessions that have waited for their client in the middle of a transaction for longer than $1 seconds: that of a process that was suspended there keeps
    // the lock of its run. idle_in_transaction_session_timeout does not count where half of the statements were sent.
    public const string EndStalledSessions =
        """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
            and wait_event = 'ClientRead' and state <> 'idle' and xact_start is not null and state_change < clock_timestamp() - make_interval(secs => $1)
        """;

    // Takes back runs whose lease expired. $1 maximum of failed attempts, $2 backoff in seconds.
    // Lock: FOR UPDATE SKIP LOCKED, at most 100 rows at a time; a row that its worker renews at this moment is left alone.
    // Index: runs_leased (lease_expires_at), a range from its low end.
    public const string TakeBackExpired =
        $"""
        with ended as (
            select id, 'lost lease' as outcome, {LostColumns} 'lease')) as reason, make_interval(secs => $2 * power(2, least(failed_attempts, 16))) as backoff
            from runs
            where state in ('running', 'pausing') and lease_expires_at < now()
            order by lease_expires_at limit 100
            for update skip locked
        )
        {EndPicked}
        """;

    // Takes back the runs of dead workers. $1 maximum of failed attempts, $2 backoff in seconds, $3 workers.
    // The first time without a backoff: a dead process alone is no sign that the run was the cause. Lock and index: as above.
    public const string TakeBackOfWorkers =
        $"""
        with ended as (
            select id, 'lost worker' as outcome, {LostColumns} 'process')) as reason, make_interval(secs => $2 * (power(2, least(failed_attempts, 16)) - 1)) as backoff
            from runs
            where state in ('running', 'pausing') and worker = any ($3)
            order by lease_expires_at limit 100
            for update skip locked
        )
        {EndPicked}
        """;

    // Whether there are claimable runs, and expired leases; and the seconds until the next run becomes claimable or the next lease ends, null without one.
    // No lock: the result is a hint. Indexes: runs_claimable, runs_leased, runs_in_backoff.
    public const string Poll =
        """
        select (select id from runs where state = 'queued' and not_before <= now() order by queue, id limit 1) is not null,
            exists (select from runs where state in ('running', 'pausing') and lease_expires_at < now()),
            extract(epoch from least(
                (select min(not_before) from runs where state = 'queued' and not_before > '-infinity' and not_before > now()),
                (select min(lease_expires_at) from runs where state in ('running', 'pausing') and lease_expires_at >= now())) - now())::float8
        """;

    // Claimable runs of each queue, oldest first. $1 at most of one queue, $2 how many runs of one owner may be in training, 0: any number. No lock: the
    // result is a hint. Index: runs_claimable, one range per queue.
    public const string Claimable =
        $"""
        select run.id, run.queue from unnest(array['cpu', 'cuda']) as given (name) cross join lateral (
            select id, queue from runs
            where queue = given.name and state = 'queued' and not_before <= now() and ($2 = 0 or coalesce(created_by, '') <> all (array({OwnersWith} $2)))
            order by id limit $1
        ) as run
        """;

    // Waits until this process is the only one at a task. $1 one of the numbers below. Lock: an advisory one, which ends with the transaction, however
    // that ends.
    public const string Lock = "select pg_advisory_xact_lock($1)";

    public const long EnqueueLock = 7_239_460_001;
    public const long HangfireSchemaLock = 7_239_460_002;
    public const long ClaimLock = 7_239_460_003;
    public const long LabsLock = 7_239_460_004;

    // Registers a worker, or stores its heartbeat. $1 id, $2 host, $3 queues, $4 slots, $5 engine, $6 process, $7 its pid namespace, $8 why it claims no runs,
    // $9 memory of one of its trainers. Index: primary key.
    public const string Register =
        """
        insert into workers (id, host, queues, slots, started_at, seen_at, engine, process_id, pid_namespace, problem, memory_bytes)
        values ($1, $2, $3, $4, now(), now(), $5::jsonb, $6, $7, $8, $9)
        on conflict (id) do update set seen_at = now(), problem = excluded.problem
        """;

    // The queues that workers with a recent heartbeat serve; of each why its runs are not claimed, null when one of the workers claims them. $1 how recent.
    // A handful of rows: no index.
    public const string Served =
        """
        select queue, case when bool_and(problem is not null) then min(problem) end
        from workers cross join unnest(queues) as queue where seen_at between now() - $1 and now() + $1 group by queue
        """;

    // Bytes that a run of the largest worker of a queue with a recent heartbeat may use; null when none has reported it. $1 queue, $2 how recent. A handful of
    // rows: no index.
    public const string LargestMemory = "select max(memory_bytes) from workers where $1 = any (queues) and seen_at between now() - $2 and now() + $2";

    // Slots of the workers of a queue with a recent heartbeat. $1 queue, $2 how recent. A handful of rows: no index.
    public const string Slots = "select coalesce(sum(slots), 0)::int from workers where $1 = any (queues) and seen_at between now() - $2 and now() + $2";

    /// <summary>Workers whose process can be looked up here. $1 host, $2 pid namespace. A handful of rows: no index.</summary>
    public const string WorkersOfHost = "select id, process_id from workers where host = $1 and pid_namespace = $2";

    /// <summary>Deregisters workers, and those without a heartbeat for a day. $1 ids. A handful of rows: no index.</summary>
    public const string Deregister = "delete from workers where id = any ($1) or seen_at < now() - interval '1 day'";
}

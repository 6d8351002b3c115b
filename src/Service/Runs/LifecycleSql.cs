namespace Trainyard.Service.Runs;

// User actions on runs, each in one statement and so one transaction: it locks the run, checks its state, changes it, writes the state event and
// notifies. It returns the state found, whether the run was being cancelled, and whether anything changed; no row for an unknown run.
// Lock: one row by primary key, FOR UPDATE, after any concurrent claim, renewal, append or completion of the run. Of two equal concurrent
// requests only one changes the run.
internal static class LifecycleSql
{
    /// <summary>Waits for whoever changes the run. $1 run.</summary>
    public const string Lock = "select from runs where id = $1 for update";

    private const string Found = "with found as (select id, state, cancel_requested, failure_class, last_seq from runs where id = $1 for update)";

    // $3: reason, code and arguments of the state event. A cancel request to a worker does not change the state and adds no event.
    private const string Notify =
        """
            returning r.id, r.queue, r.attempt, r.state, r.worker, r.cancel_requested, r.last_seq, r.updated_at, r.last_seq > f.last_seq as moved
        ), event as (
            insert into run_events (run_id, seq, attempt, at, type, data)
            select id, last_seq, attempt, updated_at, 'state',
                jsonb_build_object('type', 'state', 'state', state, 'worker', case when state = 'pausing' then worker end) || $3::jsonb
            from changed where moved
        )
        select f.state, f.cancel_requested, c.id is not null, f.failure_class,
            case when c.id is not null then pg_notify('trainyard_runs', c.id || ':' || c.last_seq)::text end,
            case when c.state = 'queued' then pg_notify('trainyard_queue', c.queue)::text
                when c.state in ('running', 'pausing') then
                    pg_notify('trainyard_control', c.id || ':' || c.attempt || case when c.cancel_requested then ':cancel' else ':pause' end)::text end
        from found f left join changed c on true
        """;

    // Back to the queue without failures, backoff or cancel request.
    private const string Queued =
        """
        state = 'queued', worker = null, lease_expires_at = null, not_before = '-infinity', cancel_requested = false,
        finished_at = null, failure_class = null, failure_code = null, failure_arguments = null, failed_attempts = 0, remaining_seconds = null,
        updated_at = greatest(r.updated_at, now()), last_seq = r.last_seq + 1
        """;

    /// <summary>Running to pausing; the worker then pauses the run. $1 run, $2 states it applies to, $3 reason.</summary>
    public const string Pause =
        $"""
        {Found}, changed as (
            update runs r set state = 'pausing', updated_at = greatest(r.updated_at, now()), last_seq = r.last_seq + 1
            from found f where r.id = f.id and f.state = any ($2) and not f.cancel_requested
        {Notify}
        """;

    /// <summary>Queued to paused, for a run of a study that is paused. $1 run, $2 states it applies to, $3 reason.</summary>
    public const string Hold =
        $"""
        {Found}, changed as (
            update runs r set state = 'paused', updated_at = greatest(r.updated_at, now()), last_seq = r.last_seq + 1
            from found f where r.id = f.id and f.state = any ($2)
        {Notify}
        """;

    // Back to the queue, to evaluate the test set with the weights that it has. $1 run, $2 states it applies to, $3 reason, $4 spec, $5 its SHA-256, $6 the SHA-256
    // of the spec that the caller read: nothing is changed if a concurrent request has extended or tested the run.
    public const string Test =
        $"""
        {Found}, changed as (
            update runs r set spec = $4::jsonb, spec_sha256 = $5, {Queued}
            from found f where r.id = f.id and f.state = any ($2) and r.spec_sha256 = $6
        {Notify}
        """;

    // A run that has used up its time. A run that is not failed has no class.
    private const string ReachedTimeLimit = "coalesce(f.failure_class, '') = 'timeout'";

    /// <summary>Back to the queue. $1 run, $2 states it applies to, $3 reason.</summary>
    public const string Resume =
        $"""
        {Found}, changed as (
            update runs r set {Queued}
            from found f where r.id = f.id and f.state = any ($2)
        {Notify}
        """;

    /// <summary>Back to the queue, unless the run has reached its time limit. $1 run, $2 states it applies to, $3 reason.</summary>
    public const string Retry =
        $"""
        {Found}, changed as (
            update runs r set {Queued}
            from found f where r.id = f.id and f.state = any ($2) and not {ReachedTimeLimit}
        {Notify}
        """;

    // Back to the queue with more epochs or time, a failed run only after it has reached its time limit. $1 run, $2 states it applies to, $3 reason, $4 spec,
    // $5 its SHA-256, $6 its epochs, $7 the SHA-256 of the spec that the caller read: nothing is changed if a concurrent request has extended the run. A run that was
    // handed in stays as it was handed in. Index: hand_ins_by_run.
    public const string Extend =
        $"""
        {Found}, changed as (
            update runs r set spec = $4::jsonb, spec_sha256 = $5, epochs = $6, total_steps = r.total_steps / r.epochs * $6, {Queued}
            from found f where r.id = f.id and f.state = any ($2) and (f.state <> 'failed' or {ReachedTimeLimit}) and r.spec_sha256 = $7
                and not exists (select from hand_ins h where h.run_id = r.id and h.ended_at is null)
        {Notify}
        """;

    // Cancels a run: immediately without a worker, else by a request to its worker, which then writes the event. $1 run, $2 states it applies to,
    // $3 reason.
    public const string Cancel =
        $"""
        {Found}, changed as (
            update runs r set
                cancel_requested = true, updated_at = greatest(r.updated_at, now()),
                state = case when f.state in ('running', 'pausing') then r.state else 'cancelled' end,
                finished_at = case when f.state in ('running', 'pausing') then null else greatest(r.updated_at, now()) end,
                last_seq = r.last_seq + case when f.state in ('running', 'pausing') then 0 else 1 end
            from found f where r.id = f.id and f.state = any ($2) and not f.cancel_requested
        {Notify}
        """;

    // Deletes a run and, by their foreign keys, all its rows; its folder is to be removed. $1 run, $2 states it applies to. The notification ends the streams
    // of its events.
    public const string Delete =
        $"""
        {Found}, deleted as (
            delete from runs r using found f where r.id = f.id and f.state = any ($2)
            returning r.id
        ), folder as (
            insert into deleted_runs (id) select id from deleted
        )
        select f.state, f.cancel_requested, d.id is not null, f.failure_class, case when d.id is not null then pg_notify('trainyard_runs', d.id || ':0')::text end
        from found f left join deleted d on true
        """;

    /// <summary>Changes name, notes and tags in any state. $1 run, $2 name, $3 notes, $4 tags; null leaves a value unchanged.</summary>
    public const string Edit =
        $"""
        {Found}, changed as (
            update runs r set name = coalesce($2, r.name), notes = coalesce($3, r.notes), tags = coalesce($4, r.tags), updated_at = greatest(r.updated_at, now())
            from found f
            where r.id = f.id and (r.name, r.notes, r.tags) is distinct from (coalesce($2, r.name), coalesce($3, r.notes), coalesce($4, r.tags))
            returning r.id, r.last_seq
        )
        select f.state, f.cancel_requested, c.id is not null, f.failure_class, case when c.id is not null then pg_notify('trainyard_runs', c.id || ':' || c.last_seq)::text end
        from found f left join changed c on true
        """;

    /// <summary>Hides a run from lists, or shows it again, in any state. $1 run, $2 whether it is archived.</summary>
    public const string Archive =
        $"""
        {Found}, changed as (
            update runs r set archived_at = case when $2 then now() end, updated_at = greatest(r.updated_at, now())
            from found f
            where r.id = f.id and (r.archived_at is not null) <> $2
            returning r.id, r.last_seq
        )
        select f.state, f.cancel_requested, c.id is not null, f.failure_class, case when c.id is not null then pg_notify('trainyard_runs', c.id || ':' || c.last_seq)::text end
        from found f left join changed c on true
        """;
}

namespace Trainyard.Service.Runs;

/// <summary>
/// What people do to runs, each verb one statement and so one transaction: it locks the run, checks the state that it leaves, changes it,
/// writes the state event and announces it. It answers the state that it found and whether it changed anything; no row: there is no such run.
/// Lock: one row by primary key, FOR UPDATE, which waits for a claim, a renewal, an append or an ending of the same run and then sees what
/// that left behind. So two equal requests at once change the run once.
/// </summary>
internal static class LifecycleSql
{
    private const string Found = "with found as (select id, state, cancel_requested, last_seq from runs where id = $1 for update)";

    // $3: reason, code and arguments as a state event has them. A run that is held and only gets a wish to cancel did not change its state: its last seq is that of an older event.
    private const string Told =
        """
            returning r.id, r.queue, r.attempt, r.state, r.worker, r.cancel_requested, r.last_seq, r.last_seq > f.last_seq as moved
        ), event as (
            insert into run_events (run_id, seq, attempt, at, type, data)
            select id, last_seq, attempt, now(), 'state',
                jsonb_build_object('type', 'state', 'state', state, 'worker', case when state = 'pausing' then worker end) || $3::jsonb
            from changed where moved
        )
        select f.state, f.cancel_requested, c.id is not null,
            case when c.id is not null then pg_notify('trainyard_runs', c.id || ':' || c.last_seq)::text end,
            case when c.state = 'queued' then pg_notify('trainyard_queue', c.queue)::text
                when c.state in ('running', 'pausing') then
                    pg_notify('trainyard_control', c.id || ':' || c.attempt || case when c.cancel_requested then ':cancel' else ':pause' end)::text end
        from found f left join changed c on true
        """;

    // A run that a person sends back to the queue begins with a clean record: no failures, no backoff, no old wish to cancel.
    private const string Queued =
        """
        state = 'queued', worker = null, lease_expires_at = null, not_before = '-infinity', cancel_requested = false,
        finished_at = null, failure_class = null, failure_code = null, failure_arguments = null, failed_attempts = 0, remaining_seconds = null,
        updated_at = now(), last_seq = r.last_seq + 1
        """;

    /// <summary>Running to pausing, for its worker to hear. $1 run, $2 states it applies to, $3 why.</summary>
    public const string Pause =
        $"""
        {Found}, changed as (
            update runs r set state = 'pausing', updated_at = now(), last_seq = r.last_seq + 1
            from found f where r.id = f.id and f.state = any ($2) and not f.cancel_requested
        {Told}
        """;

    /// <summary>Back to the queue: resume and retry. $1 run, $2 states it applies to, $3 why.</summary>
    public const string Requeue =
        $"""
        {Found}, changed as (
            update runs r set {Queued}
            from found f where r.id = f.id and f.state = any ($2)
        {Told}
        """;

    /// <summary>
    /// Back to the queue with more epochs. $1 run, $2 states it applies to, $3 why, $4 spec, $5 its SHA-256, $6 its epochs, $7 the epochs
    /// that the caller saw: another number means that somebody else was faster, and nothing is changed.
    /// </summary>
    public const string Extend =
        $"""
        {Found}, changed as (
            update runs r set spec = $4::jsonb, spec_sha256 = $5, epochs = $6, total_steps = r.total_steps / r.epochs * $6, {Queued}
            from found f where r.id = f.id and f.state = any ($2) and r.epochs = $7
        {Told}
        """;

    /// <summary>
    /// Gives a run up: at once while nobody holds it, else its worker hears of it and ends it. $1 run, $2 states it applies to, $3 why.
    /// Only a run that nobody holds gets its event here.
    /// </summary>
    public const string Cancel =
        $"""
        {Found}, changed as (
            update runs r set
                cancel_requested = true, updated_at = now(),
                state = case when f.state in ('running', 'pausing') then r.state else 'cancelled' end,
                finished_at = case when f.state in ('running', 'pausing') then null else now() end,
                last_seq = r.last_seq + case when f.state in ('running', 'pausing') then 0 else 1 end
            from found f where r.id = f.id and f.state = any ($2) and not f.cancel_requested
        {Told}
        """;

    /// <summary>Removes a run and all its rows, by their foreign keys. $1 run, $2 states it applies to. Whoever watches it hears that there is nothing more.</summary>
    public const string Delete =
        $"""
        {Found}, gone as (
            delete from runs r using found f where r.id = f.id and f.state = any ($2)
            returning r.id
        )
        select f.state, f.cancel_requested, g.id is not null, case when g.id is not null then pg_notify('trainyard_runs', g.id || ':0')::text end
        from found f left join gone g on true
        """;

    /// <summary>Changes what people call and note about a run, in any state. $1 run, $2 name, $3 notes, $4 tags; null leaves a value as it is.</summary>
    public const string Edit =
        $"""
        {Found}, changed as (
            update runs r set name = coalesce($2, r.name), notes = coalesce($3, r.notes), tags = coalesce($4, r.tags), updated_at = now()
            from found f
            where r.id = f.id and (r.name, r.notes, r.tags) is distinct from (coalesce($2, r.name), coalesce($3, r.notes), coalesce($4, r.tags))
            returning r.id, r.last_seq
        )
        select f.state, f.cancel_requested, c.id is not null, case when c.id is not null then pg_notify('trainyard_runs', c.id || ':' || c.last_seq)::text end
        from found f left join changed c on true
        """;
}

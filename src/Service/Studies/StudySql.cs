using Trainyard.Service.Store;

namespace Trainyard.Service.Studies;

// The statements of a step of a study. All of a step are one transaction, which holds the row of the study: processes never work on the same study at a time,
// and an action of a user waits for the step. Runs are not locked: a run that changes in the meantime notifies, and the next step sees it.
internal static class StudySql
{
    /// <summary>Studies that have not ended. Index: studies_unfinished.</summary>
    public const string Unfinished = "select id from studies where ended_at is null order by id";

    // The studies that have something to do since runs changed. $1 runs. While a run trains, it reports several times a second: that concerns only early stopping, and
    // a study that is to stand still. Indexes: primary keys.
    public const string OfRuns =
        """
        select distinct s.id from runs r join studies s on s.id = r.study_id
        where r.id = any ($1) and (r.state <> 'running' or s.state <> 'running' or s.definition -> 'stopping' <> 'null')
        """;

    // $1 study. No row where another process works on it: that one sees what this one would. Indexes: primary keys.
    public const string Lock =
        """
        select name, created_by, definition::text, state, end_reason, waits_for, trials, proposed,
            (select coalesce(sum(seconds), 0) from trials where study_id = s.id), (select coalesce(sum(flops), 0) from trials where study_id = s.id),
            (select count(*)::int from trials where study_id = s.id and state in ('completed', 'stopped'))
        from studies s where id = $1 and ended_at is null for update skip locked
        """;

    /// <summary>The open trials of a study with their runs. $1 study. Indexes: trials_open, runs_by_study.</summary>
    public const string Open =
        """
        select t.number, t.assignment::text, t.state, t.epochs, t.epoch_flops, t.decided, t.hold,
            r.id, r.seed, r.state, r.cancel_requested, r.attempt, r.step, r.total_steps, r.elapsed_seconds, r.failure_code, r.failure_arguments::text
        from trials t left join runs r on r.study_id = t.study_id and r.trial = t.number
        where t.study_id = $1 and t.ended_at is null order by t.number, r.seed
        """;

    /// <summary>Runs that go on, or are still to stop, although their trial has ended; not those that evaluate the test set. $1 study. Index: runs_of_studies.</summary>
    public const string Leftover =
        """
        select r.id, r.cancel_requested from runs r join trials t on t.study_id = r.study_id and t.number = r.trial
        where r.study_id = $1 and r.state in ('queued', 'running', 'pausing', 'paused') and t.ended_at is not null
            and r.spec #>> '{training,evaluateTest}' = 'false'
        """;

    /// <summary>The metric by run and epoch. $1 runs, $2 metric. Index: primary key.</summary>
    public const string Curves = "select run_id, epoch, value from metric_points where run_id = any ($1) and metric = $2 order by run_id, epoch";

    /// <summary>Latest and best value. $1 runs, $2 metric. Index: primary key.</summary>
    public const string Values = "select run_id, latest, best from metric_summaries where run_id = any ($1) and metric = $2";

    /// <summary>What <see cref="StudyHistory.ReadResult"/> reads, the first columns of ended trials. A trial failed without a code of a failure where a run was cancelled or deleted.</summary>
    public const string ResultColumns = "number, assignment::text, state, value, curve::text, state = 'failed' and problem ->> 'code' is null";

    /// <summary>Ended trials that are not known yet. $1 study, $2 all before this one are known, $3 known ones from there. Index: primary key.</summary>
    public const string Ended =
        $"""
        select {ResultColumns} from trials
        where study_id = $1 and number >= $2 and ended_at is not null and number <> all ($3) order by number
        """;

    /// <summary>$1 study, $2 number, $3 state, $4 assignment, $5 epochs, $6 FLOPs of an epoch, $7 problem.</summary>
    public const string Insert =
        """
        insert into trials (study_id, number, state, assignment, epochs, epoch_flops, problem, ended_at)
        values ($1, $2, $3, $4::jsonb, $5, $6, $7::jsonb, case when $3 = 'infeasible' then now() end)
        """;

    /// <summary>$1 study, $2 number, $3 state, $4 decided, $5 hold, $6 value, $7 values of seeds, $8 curve, $9 seconds, $10 FLOPs, $11 problem, $12 whether it has ended.</summary>
    public const string Update =
        """
        update trials set state = $3, decided = $4, hold = $5, value = $6, seed_values = $7::jsonb, curve = $8::jsonb, seconds = $9, flops = $10, problem = $11::jsonb,
            ended_at = case when $12 then now() end
        where study_id = $1 and number = $2
        """;

    /// <summary>$1 study, $2 state, $3 end reason, $4 waits for, $5 trials, $6 proposed, $7 whether it has ended.</summary>
    public const string Save =
        $"""
        update studies set state = $2, end_reason = $3, waits_for = $4, trials = $5, proposed = $6, updated_at = now(), ended_at = case when $7 then now() end
        where id = $1 returning pg_notify('{EventLog.StudiesChannel}', id || ':step')::text
        """;
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Studies;

// What an action found, and whether it changed anything.
internal sealed record StudyOutcome(StudyState Found, bool Changed);

/// <summary>User actions on studies, each in one statement or transaction; null for an unknown study.</summary>
internal sealed class StudyLifecycle(NpgsqlDataSource dataSource, RunFolders folders)
{
    private const string Found = "with found as (select id, state, trials from studies where id = $1 for update)";

    private static readonly string Notify =
        $"""
            returning s.id
        )
        select f.state, c.id is not null, case when c.id is not null then pg_notify('{EventLog.StudiesChannel}', c.id::text)::text end from found f left join changed c on true
        """;

    // $1 study, $2 states it applies to, $3 new state. Lock: the row; waits for a step. Index: primary key.
    private static readonly string SetState =
        $"""
        {Found}, changed as (
            update studies s set state = $3, updated_at = now() from found f where s.id = f.id and f.state = any ($2)
        {Notify}
        """;

    // $1 study, $2 states it applies to, $3 trials, $4 budget. Without a change nothing happens. A study that has ended goes on.
    private static readonly string SetLength =
        $"""
        {Found}, changed as (
            update studies s set trials = $3, definition = jsonb_set(s.definition, array['budget'], $4::jsonb), end_reason = null, updated_at = now(), ended_at = null,
                state = case when s.ended_at is null then s.state else 'running' end
            from found f where s.id = f.id and f.state = any ($2) and f.trials <= $3 and (s.trials, s.definition -> 'budget') is distinct from ($3, $4::jsonb)
        {Notify}
        """;

    // $1 study, $2 name, $3 notes; null leaves a value unchanged.
    private static readonly string SetTexts =
        $"""
        {Found}, changed as (
            update studies s set name = coalesce($2, s.name), notes = coalesce($3, s.notes), updated_at = now()
            from found f where s.id = f.id and (s.name, s.notes) is distinct from (coalesce($2, s.name), coalesce($3, s.notes))
        {Notify}
        """;

    /// <summary>Changes name and notes, in any state; false for an unknown study.</summary>
    public async Task<bool> EditAsync(Guid id, StudyEdit edit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SetTexts);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (object?)edit.Name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)edit.Notes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await ReadAsync(command, cancellationToken) is not null;
    }

    public Task<StudyOutcome?> PauseAsync(Guid id, CancellationToken cancellationToken) => SetStateAsync(id, StudyActionRule.Pause, StudyState.Paused, cancellationToken);

    public Task<StudyOutcome?> ResumeAsync(Guid id, CancellationToken cancellationToken) => SetStateAsync(id, StudyActionRule.Resume, StudyState.Running, cancellationToken);

    public Task<StudyOutcome?> StopAsync(Guid id, CancellationToken cancellationToken) => SetStateAsync(id, StudyActionRule.Stop, StudyState.Stopping, cancellationToken);

    public Task<StudyOutcome?> CancelAsync(Guid id, CancellationToken cancellationToken) => SetStateAsync(id, StudyActionRule.Cancel, StudyState.Cancelling, cancellationToken);

    public async Task<StudyOutcome?> ExtendAsync(Guid id, int trials, StudyBudget budget, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SetLength);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = StudyActionRule.Extend.FromNames });
        command.Parameters.Add(new() { Value = trials });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(budget, Specs.Json.SpecJson.Options), NpgsqlDbType = NpgsqlDbType.Text });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Deletes a study with its runs: their rows, then their folders.</summary>
    public async Task<StudyOutcome?> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        List<Guid> runs = [];
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var find = new NpgsqlCommand(
                """
                select state, exists (select from runs where study_id = $1 and state in ('queued', 'running', 'pausing', 'paused')) from studies where id = $1 for update
                """, connection, transaction);
            find.Parameters.Add(new() { Value = id });
            await using (var reader = await find.ExecuteReaderAsync(cancellationToken))
            {
                if (!await reader.ReadAsync(cancellationToken))
                {
                    return null;
                }

                var state = Enum.Parse<StudyState>(reader.GetString(0), ignoreCase: true);
                if (!StudyActionRule.Delete.From.Contains(state) || reader.GetBoolean(1))
                {
                    return new StudyOutcome(state, Changed: false);
                }
            }

            await using var delete = new NpgsqlCommand(
                $"""
                with gone as (delete from runs where study_id = $1 returning id), folder as (insert into deleted_runs (id) select id from gone)
                select id, pg_notify('{EventLog.RunsChannel}', id || ':0') from gone
                """, connection, transaction);
            delete.Parameters.Add(new() { Value = id });
            await using (var reader = await delete.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    runs.Add(reader.GetGuid(0));
                }
            }

            await using var forget = new NpgsqlCommand(
                $"delete from studies where id = $1 returning pg_notify('{EventLog.StudiesChannel}', id::text)::text", connection, transaction);
            forget.Parameters.Add(new() { Value = id });
            await forget.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        // The rows are already deleted: files that cannot be removed are not reported to the client, nor is the end of its request.
        foreach (var run in runs)
        {
            await folders.RemoveAsync(run, CancellationToken.None);
        }

        return new StudyOutcome(StudyState.Completed, Changed: true);
    }

    /// <summary>Records that the test set is opened for a trial, unless it was before; only where the study has ended by itself or was stopped.</summary>
    public async Task RecordLookAsync(Guid id, int trial, string? requestedBy, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"""
            with found as (select id from studies where id = $1 for update), look as (
                insert into test_looks (study_id, number, trial, requested_by)
                select id, (select count(*) + 1 from test_looks where study_id = $1), $2, $3 from found
                where not exists (select from test_looks where study_id = $1 and trial = $2)
                returning study_id
            )
            update studies s set updated_at = now() from look where s.id = look.study_id returning pg_notify('{EventLog.StudiesChannel}', s.id::text)::text
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = trial });
        command.Parameters.Add(new() { Value = (object?)requestedBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<StudyOutcome?> SetStateAsync(Guid id, StudyActionRule rule, StudyState state, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SetState);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = rule.FromNames });
        command.Parameters.Add(new() { Value = state.ToWireName() });
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<StudyOutcome?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new StudyOutcome(Enum.Parse<StudyState>(reader.GetString(0), ignoreCase: true), reader.GetBoolean(1)) : null;
    }
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Studies;

/// <summary>Reads studies: one statement for a page, two more for everything about one.</summary>
internal sealed class StudyReader(NpgsqlDataSource dataSource, IHttpContextAccessor http)
{
    // Counts and the best trial by the primary key of trials. The numbers of $1 to $3: an id, a cursor, a limit.
    private const string Summary =
        """
        select s.id, s.name, s.notes, s.created_by, s.state, s.end_reason, s.waits_for, s.definition::text, s.trials, s.created_at, s.updated_at, s.ended_at,
            c.running, c.paused, c.completed, c.stopped, c.failed, c.infeasible, c.seconds, c.flops, b.number, b.value, b.assignment::text,
            (select count(*)::int from test_looks l where l.study_id = s.id)
        from studies s
        cross join lateral (
            select count(*) filter (where state = 'running')::int as running, count(*) filter (where state = 'paused')::int as paused,
                count(*) filter (where state = 'completed')::int as completed, count(*) filter (where state = 'stopped')::int as stopped,
                count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'infeasible')::int as infeasible,
                coalesce(sum(seconds), 0) as seconds, coalesce(sum(flops), 0) as flops
            from trials t where t.study_id = s.id) c
        left join lateral (
            select number, value, assignment from trials t where t.study_id = s.id and t.state = 'completed' and t.value is not null
            order by case when s.definition ->> 'goal' = 'minimize' then value else -value end, number limit 1) b on true
        where ($1::uuid is null or s.id = $1) and ($2::uuid is null or s.id < $2) and ($4::text[] is null or s.state = any ($4))
        order by s.id desc limit $3
        """;

    // The latest evaluation of each run. Index: run_events_by_type.
    private const string Looks =
        """
        select l.number, l.trial, l.requested_by, l.at, t.seed_values::text, r.id, r.state, score.loss, score.accuracy
        from test_looks l join trials t on t.study_id = l.study_id and t.number = l.trial
        left join runs r on r.study_id = l.study_id and r.trial = l.trial
        left join lateral (
            select (data ->> 'testLoss')::float8 as loss, (data ->> 'testAccuracy')::float8 as accuracy
            from run_events e where e.run_id = r.id and e.type = 'finished' order by e.seq desc limit 1) score on true
        where l.study_id = $1 order by l.number, r.seed
        """;

    private const string OpenCost =
        """
        select coalesce(sum(r.elapsed_seconds), 0), coalesce(sum(t.epoch_flops / jsonb_array_length(s.definition -> 'seeds') * t.epochs * r.step / nullif(r.total_steps, 0)), 0)
        from trials t join studies s on s.id = t.study_id join runs r on r.study_id = t.study_id and r.trial = t.number
        where t.study_id = $1 and t.ended_at is null
        """;

    public async Task<StudyPage> ListAsync(Guid? after, int limit, IReadOnlyList<string>? states, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(null, after, limit + 1, states, cancellationToken);
        return new StudyPage { Items = [.. rows.Take(limit).Select(row => row.Summary)], Next = rows.Count > limit ? $"{rows[limit - 1].Summary.Id}" : null };
    }

    public async Task<StudyDefinition?> DefinitionAsync(Guid id, CancellationToken cancellationToken) =>
        await ReadAsync(id, null, 1, null, cancellationToken) is [var row] ? row.Definition : null;

    /// <summary>Everything about a study; null for an unknown id.</summary>
    public async Task<StudyDetail?> DetailAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await ReadAsync(id, null, 1, null, cancellationToken) is not [var row])
        {
            return null;
        }

        var (seconds, flops) = (row.Seconds, row.Flops);
        await using (var command = Command(OpenCost, id))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken))
            {
                (seconds, flops) = (seconds + reader.GetDouble(0), flops + reader.GetDouble(1));
            }
        }

        var looks = await LooksAsync(id, cancellationToken);
        return new StudyDetail(row.Summary, row.Definition, seconds, flops, looks, StudyActions.For(http.HttpContext!.User, row.Summary));
    }

    public async Task<IReadOnlyList<StudyTestLook>> LooksAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(Looks, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(StudyTestLook Look, string? Seeds, Dictionary<Guid, (RunState State, double? Loss, double? Accuracy)> Runs)> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == 0 || rows[^1].Look.Number != reader.GetInt32(0))
            {
                rows.Add((
                    new StudyTestLook
                    {
                        Number = reader.GetInt32(0), Trial = reader.GetInt32(1), RequestedBy = TextOrNull(reader, 2), At = reader.GetFieldValue<DateTimeOffset>(3), Scores = [],
                    },
                    TextOrNull(reader, 4), []));
            }

            if (!reader.IsDBNull(5))
            {
                rows[^1].Runs[reader.GetGuid(5)] = (RunStates.Parse(reader.GetString(6)), NumberOrNull(reader, 7), NumberOrNull(reader, 8));
            }
        }

        return [.. rows.Select(row => row.Look with
        {
            Scores = [.. SeedValue.From(row.Seeds is null ? null : JsonElement.Parse(row.Seeds)).Select(seed => new TestScore
            {
                Seed = seed.Seed,
                Run = seed.Run,
                State = row.Runs.TryGetValue(seed.Run, out var run) ? run.State : null,
                Loss = run.Loss,
                Accuracy = run.Accuracy,
            })],
        })];
    }

    private async Task<List<Row>> ReadAsync(Guid? id, Guid? after, int limit, IReadOnlyList<string>? states, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Summary);
        command.Parameters.Add(new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = states is { Count: > 0 } ? states.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Row> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var definition = StudyDefinition.From(JsonElement.Parse(reader.GetString(7)));
            var summary = new StudySummary
            {
                Id = reader.GetGuid(0),
                Name = reader.GetString(1),
                Notes = reader.GetString(2),
                CreatedBy = TextOrNull(reader, 3),
                State = Enum.Parse<StudyState>(reader.GetString(4), ignoreCase: true),
                EndReason = TextOrNull(reader, 5),
                WaitsFor = TextOrNull(reader, 6),
                Method = definition.Method.Name,
                Stopping = definition.Stopping?.Name,
                Metric = definition.Metric,
                Goal = definition.Goal,
                Trials = reader.GetInt32(8),
                Seeds = definition.Seeds.Count,
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(9),
                UpdatedAt = reader.GetFieldValue<DateTimeOffset>(10),
                EndedAt = reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
                Counts = new TrialCounts
                {
                    Running = reader.GetInt32(12),
                    Paused = reader.GetInt32(13),
                    Completed = reader.GetInt32(14),
                    Stopped = reader.GetInt32(15),
                    Failed = reader.GetInt32(16),
                    Infeasible = reader.GetInt32(17),
                },
                Best = reader.IsDBNull(20) ? null : new BestTrial
                {
                    Number = reader.GetInt32(20), Value = reader.GetDouble(21), Assignment = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(reader.GetString(22), SpecJson.Options)!,
                },
                TestLooks = reader.GetInt32(23),
            };
            rows.Add(new Row(summary, definition, reader.GetDouble(18), reader.GetDouble(19)));
        }

        return rows;
    }

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static double? NumberOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    private NpgsqlCommand Command(string sql, Guid id)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return command;
    }

    private sealed record Row(StudySummary Summary, StudyDefinition Definition, double Seconds, double Flops);
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>Reads and writes a study in the transaction of a step.</summary>
internal sealed class StudyStore(NpgsqlTransaction transaction)
{
    public async Task<LockedStudy?> LockAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(StudySql.Lock, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LockedStudy
            {
                Id = id,
                Name = reader.GetString(0),
                CreatedBy = TextOrNull(reader, 1),
                Definition = StudyDefinition.From(JsonElement.Parse(reader.GetString(2))),
                State = Enum.Parse<StudyState>(reader.GetString(3), ignoreCase: true),
                EndReason = TextOrNull(reader, 4),
                WaitsFor = TextOrNull(reader, 5),
                Trials = reader.GetInt32(6),
                Proposed = reader.GetInt32(7),
                Seconds = reader.GetDouble(8),
                Flops = reader.GetDouble(9),
                Useful = reader.GetInt32(10),
            }
            : null;
    }

    public async Task ReadOpenAsync(LockedStudy study, CancellationToken cancellationToken)
    {
        await using var command = Command(StudySql.Open, study.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var number = reader.GetInt32(0);
            if (study.Open.Count == 0 || study.Open[^1].Number != number)
            {
                study.Open.Add(new OpenTrial
                {
                    Number = number,
                    Assignment = Assignment.FromJson(reader.GetString(1)),
                    State = TrialStates.Parse(reader.GetString(2)),
                    Epochs = reader.GetInt32(3),
                    EpochFlops = reader.GetDouble(4),
                    Decided = reader.GetInt32(5),
                    Hold = TextOrNull(reader, 6) is { } hold ? Enum.Parse<TrialHold>(hold, ignoreCase: true) : null,
                });
            }

            if (!reader.IsDBNull(7))
            {
                study.Open[^1].Runs.Add(new TrialRun
                {
                    Id = reader.GetGuid(7),
                    Seed = reader.GetInt32(8),
                    State = RunStates.Parse(reader.GetString(9)),
                    CancelRequested = reader.GetBoolean(10),
                    Attempt = reader.GetInt32(11),
                    Step = reader.GetInt64(12),
                    TotalSteps = reader.GetInt64(13),
                    ElapsedSeconds = reader.IsDBNull(14) ? 0 : reader.GetDouble(14),
                    FailureCode = TextOrNull(reader, 15),
                    FailureArguments = TextOrNull(reader, 16),
                });
            }
        }
    }

    /// <summary>Reads the means over seeds, of the epochs that all seeds have.</summary>
    public async Task ReadCurvesAsync(LockedStudy study, IReadOnlyCollection<OpenTrial> trials, CancellationToken cancellationToken)
    {
        var points = trials.SelectMany(trial => trial.Runs).ToDictionary(run => run.Id, _ => new Dictionary<int, double>());
        await using (var command = Command(StudySql.Curves, points.Keys.ToArray(), study.Definition.MetricName))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                points[reader.GetGuid(0)][reader.GetInt32(1)] = reader.IsDBNull(2) ? double.NaN : reader.GetDouble(2);
            }
        }

        foreach (var trial in trials.Where(trial => trial.Runs.Count > 0))
        {
            trial.Curve =
            [
                .. points[trial.Runs[0].Id].Keys.Where(epoch => trial.Runs.TrueForAll(run => points[run.Id].ContainsKey(epoch))).Order()
                    .Select(epoch => new IntermediateValue(epoch, trial.Runs.Average(run => points[run.Id][epoch]))),
            ];
        }
    }

    /// <summary>Reads what the trials have reached, of each seed and as the mean.</summary>
    public async Task ReadValuesAsync(LockedStudy study, IReadOnlyCollection<OpenTrial> trials, CancellationToken cancellationToken)
    {
        var values = new Dictionary<Guid, double?>();
        await using (var command = Command(StudySql.Values, trials.SelectMany(trial => trial.Runs).Select(run => run.Id).ToArray(), study.Definition.MetricName))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var column = study.Definition.Score == ScoredEpoch.Best ? 2 : 1;
                values[reader.GetGuid(0)] = reader.IsDBNull(column) ? null : reader.GetDouble(column);
            }
        }

        foreach (var trial in trials)
        {
            SeedValue[] reached = [.. trial.Runs.Select(run => new SeedValue { Seed = run.Seed, Value = values.GetValueOrDefault(run.Id), Run = run.Id })];
            trial.SeedValues = SeedValue.ToJson(reached);
            trial.Value = Array.TrueForAll(reached, seed => seed.Value is not null) ? reached.Average(seed => seed.Value) : null;
        }
    }

    /// <summary>Runs of ended trials that have not ended, and whether they were told to.</summary>
    public async Task<IReadOnlyList<(Guid Id, bool CancelRequested)>> LeftoverAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(StudySql.Leftover, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(Guid, bool)> runs = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add((reader.GetGuid(0), reader.GetBoolean(1)));
        }

        return runs;
    }

    public async Task<int> SlotsAsync(string queue, TimeSpan aliveWithin, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Slots, queue, aliveWithin);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task InsertAsync(
        Guid study, int number, TrialState state, Assignment assignment, int epochs, double epochFlops, JsonElement? problem, CancellationToken cancellationToken)
    {
        await using var command = Command(StudySql.Insert, study, number, state.ToWireName(), assignment.ToJson(), epochs, epochFlops);
        command.Parameters.Add(Json(problem?.GetRawText()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes what has changed.</summary>
    public async Task SaveAsync(
        LockedStudy study, (StudyState State, string? EndReason, string? WaitsFor, int Trials, int Proposed) before, CancellationToken cancellationToken)
    {
        foreach (var trial in study.Open.Where(trial => trial.IsChanged))
        {
            await using var command = Command(StudySql.Update, study.Id, trial.Number, trial.State.ToWireName(), trial.Decided);
            var curve = trial.HasEnded ? trial.Curve.TakeWhile(point => point.Epoch <= trial.Decided).ToList() : null;
            command.Parameters.Add(new() { Value = (object?)trial.Hold?.ToString().ToLowerInvariant() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = (object?)trial.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
            command.Parameters.Add(Json(trial.SeedValues?.GetRawText()));
            command.Parameters.Add(Json(curve is null ? null : StoredCurve.ToJson(curve)));
            command.Parameters.Add(new() { Value = trial.HasEnded ? trial.Seconds : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
            command.Parameters.Add(new() { Value = trial.HasEnded ? trial.Flops : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
            command.Parameters.Add(Json(trial.Problem?.GetRawText()));
            command.Parameters.Add(new() { Value = trial.HasEnded });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        if (before != (study.State, study.EndReason, study.WaitsFor, study.Trials, study.Proposed) || study.Open.Exists(trial => trial.IsChanged))
        {
            await using var command = Command(StudySql.Save, study.Id, JsonNamingPolicy.SnakeCaseLower.ConvertName(study.State.ToString()));
            command.Parameters.Add(new() { Value = (object?)study.EndReason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = (object?)study.WaitsFor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = study.Trials });
            command.Parameters.Add(new() { Value = study.Proposed });
            command.Parameters.Add(new() { Value = study.State.HasEnded() });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static NpgsqlParameter Json(string? json) => new() { Value = (object?)json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

// The ended trials of studies that this process works on, as searchers and rules of early stopping see them. An ended trial never changes, so each is read once.
internal sealed class StudyHistory
{
    private readonly ConcurrentDictionary<Guid, SortedDictionary<int, TrialResult>> known = new();

    /// <summary>The ended trials of a study. Only whoever holds the study's row may call it.</summary>
    public async Task<IReadOnlyCollection<TrialResult>> ReadAsync(NpgsqlTransaction transaction, Guid study, CancellationToken cancellationToken)
    {
        var trials = known.GetOrAdd(study, _ => []);
        await using var command = new NpgsqlCommand(StudySql.Ended, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = study });
        var unknown = FirstUnknown(trials);
        command.Parameters.Add(new() { Value = unknown });
        command.Parameters.Add(new() { Value = trials.Keys.Where(number => number >= unknown).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var trial = ReadResult(reader);
            trials[trial.Number] = trial;
        }

        return trials.Values;
    }

    /// <summary>A row that begins with <see cref="StudySql.ResultColumns"/>.</summary>
    public static TrialResult ReadResult(NpgsqlDataReader row) => new()
    {
        Number = row.GetInt32(0),
        Assignment = Assignment.FromJson(row.GetString(1)),
        State = TrialStates.Parse(row.GetString(2)),
        Value = row.IsDBNull(3) ? null : row.GetDouble(3),
        Curve = row.IsDBNull(4) ? [] : StoredCurve.Parse(row.GetString(4)),
        IsCancelled = row.GetBoolean(5),
    };

    // Trials end nearly in order, so few numbers remain to be named.
    private static int FirstUnknown(SortedDictionary<int, TrialResult> trials)
    {
        var next = 0;
        foreach (var number in trials.Keys)
        {
            if (number != next)
            {
                break;
            }

            next++;
        }

        return next;
    }

    public void Forget(Guid study) => known.TryRemove(study, out _);
}

/// <summary>The stored form of a curve: pairs of epoch and value, null for a value that is not finite.</summary>
internal static class StoredCurve
{
    public static string ToJson(IEnumerable<IntermediateValue> curve) =>
        JsonSerializer.Serialize(curve.Select(point => new[] { point.Epoch, double.IsFinite(point.Value) ? point.Value : (double?)null }));

    public static IReadOnlyList<IntermediateValue> Parse(string json) =>
        [.. JsonSerializer.Deserialize<double?[][]>(json)!.Select(point => new IntermediateValue((int)point[0]!.Value, point[1] ?? double.NaN))];
}

/// <summary>Wire names of states of trials.</summary>
internal static class TrialStates
{
    public static string ToWireName(this TrialState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    public static TrialState Parse(string name) => Enum.Parse<TrialState>(name, ignoreCase: true);
}

using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;
using Trainyard.Studies.Comparison;
using Trainyard.Studies.Importance;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>What a study has found so far, on the validation split.</summary>
public sealed record StudyResult
{
    /// <summary>The best completed trial; null without one.</summary>
    public required BestTrial? Best { get; init; }

    /// <summary>The trials as arms of a comparison, seed by seed: means, intervals, differences with Holm's correction, and the verdict. Null with one seed.</summary>
    public required ArmComparison? Comparison { get; init; }

    /// <summary>The arms by name; of more than 40 completed trials the 40 best.</summary>
    public required IReadOnlyList<ComparedTrial> Arms { get; init; }

    /// <summary>The verdict as a sentence in English; null with one seed.</summary>
    public required string? Verdict { get; init; }

    /// <summary>How much each parameter matters; null with fewer than ten trials that completed or failed.</summary>
    public required ParameterImportance? Importance { get; init; }

    /// <summary>What rules of early stopping would have saved, replayed over the stored curves; empty for a study that had one.</summary>
    public required IReadOnlyList<StoppingSaving> Savings { get; init; }
}

/// <summary>A trial as an arm of the comparison.</summary>
public sealed record ComparedTrial
{
    /// <summary>Name of the arm.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the trial.</summary>
    public required int Trial { get; init; }
}

/// <summary>What a rule of early stopping would have saved.</summary>
public sealed record StoppingSaving
{
    /// <summary>The rule, with its defaults.</summary>
    public required StoppingRuleName Rule { get; init; }

    /// <summary>Trials that were replayed: of more than 200 completed ones the first 200.</summary>
    public required int Trials { get; init; }

    /// <summary>Epochs that were trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Epochs that the rule would have trained.</summary>
    public required int EpochsWithRule { get; init; }

    /// <summary>Number of the best trial that it would have completed; null: none.</summary>
    public required int? Best { get; init; }

    /// <summary>How much worse that trial is than the best, in the unit of the metric; null without both.</summary>
    public required double? Loss { get; init; }
}

/// <summary>Computes results from the stored trials, once for each state of a study: the latest results are kept.</summary>
internal sealed class StudyResults(NpgsqlDataSource dataSource) : IDisposable
{
    // Studies whose result is kept: one of many trials with curves takes some hundred kilobytes.
    private const int Kept = 32;

    private const int MaximumArms = 40;

    // Fewer say nothing about a rule.
    private const int MinimumReplayed = 5;

    // The time of a replay grows with the square of the trials, and with the epochs at which a rule decides.
    private const int MaximumReplayed = 200;
    private const int MaximumDecisions = 100;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = Kept });

    /// <summary>The result; requests for the same state of a study share one computation.</summary>
    public Task<StudyResult> ReadAsync(StudyDetail study, CancellationToken cancellationToken)
    {
        // Every step that changes a trial changes the time of the study's last change. Trials are read after it, so a result is never older than its key.
        lock (gate)
        {
            if (!kept.TryGetValue(study.Id, out Cached? cached) || cached!.Of != study.UpdatedAt || cached.Result.IsFaulted)
            {
                cached = new Cached(study.UpdatedAt, ComputeAsync(study));
                kept.Set(study.Id, cached, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = KeptFor });
            }

            return cached.Result.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => kept.Dispose();

    // Not ended by the request that began it: others may wait for it.
    private async Task<StudyResult> ComputeAsync(StudyDetail study)
    {
        var definition = study.Definition;
        var trials = await TrialsAsync(study.Id, CancellationToken.None);
        var completed = trials.Where(trial => trial.Result is { State: TrialState.Completed, Value: not null }).OrderBy(trial => definition.Goal.Loss(trial.Result.Value!.Value)).ToList();
        var arms = definition.Seeds.Count > 1 ? Arms(completed.Take(MaximumArms), definition) : [];
        var comparison = arms.Count > 0 ? ArmComparison.Of([.. arms.Select(arm => arm.Arm)], definition.Goal) : null;
        var results = trials.ConvertAll(trial => trial.Result);
        return new StudyResult
        {
            Best = study.Best,
            Comparison = comparison,
            Arms = [.. arms.Select(arm => new ComparedTrial { Name = arm.Arm.Name, Trial = arm.Trial })],
            Verdict = comparison is not null ? VerdictText.From(comparison, isShare: definition.MetricName == MetricNames.ValidationAccuracy)
                : definition.Seeds.Count > 1 && results.Count > 0 && results.TrueForAll(trial => trial.IsFailure) ? VerdictText.NothingTrained
                : null,
            Importance = ImportanceAnalysis.Of(definition.Space, results, definition.Goal),
            Savings = definition.Stopping is null && completed.Count >= MinimumReplayed && definition.Epochs > 1
                ? [.. Enum.GetValues<StoppingRuleName>().Select(rule => Replay(rule, [.. completed.Select(trial => trial.Result).OrderBy(trial => trial.Number).Take(MaximumReplayed)], definition))]
                : [],
        };
    }

    private static StoppingSaving Replay(StoppingRuleName rule, IReadOnlyList<TrialResult> trials, StudyDefinition definition)
    {
        var withDefaults = new StoppingRule { Name = rule };
        var rungs = withDefaults.CreatePolicy(definition.Goal, definition.Epochs, trials.Count).Rungs;
        var every = (definition.Epochs + MaximumDecisions - 1) / MaximumDecisions;
        TrialResult[] thinned = [.. trials.Select(trial => trial with { Curve = [.. trial.Curve.Where(point => point.Epoch % every == 0 || point.Epoch == trial.Epochs || rungs.Contains(point.Epoch))] })];
        var replayed = StoppingReplay.Run(thinned, withDefaults, definition.Goal, definition.Epochs, definition.Parallelism);
        return new StoppingSaving { Rule = rule, Trials = trials.Count, Epochs = replayed.Epochs, EpochsWithRule = replayed.EpochsWithRule, Best = replayed.BestWithRule, Loss = replayed.Loss };
    }

    // Trials of the same values get their numbers.
    private static List<(int Trial, Arm Arm)> Arms(IEnumerable<(TrialResult Result, IReadOnlyList<SeedValue> Seeds)> trials, StudyDefinition definition)
    {
        var named = trials.Select(trial => (Trial: trial.Result.Number, Name: Label(trial.Result.Assignment, definition), trial.Seeds)).ToList();
        var repeated = named.GroupBy(trial => trial.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return [.. named.Select(trial => (trial.Trial, new Arm
        {
            Name = repeated.Contains(trial.Name) ? $"{trial.Name} (#{trial.Trial})" : trial.Name,
            Values = trial.Seeds.ToDictionary(seed => seed.Seed, seed => seed.Value ?? double.NaN),
        }))];
    }

    // adam; or "optimizer adam, learning rate 0.01".
    private static string Label(Assignment assignment, StudyDefinition definition) => definition.Parameters.Count == 1
        ? string.Concat(assignment.Values.Select(value => Text(value.Value)))
        : string.Join(", ", assignment.Values.Select(value => $"{value.Key} {Text(value.Value)}"));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetDouble().ToString("G4", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.Object when value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && value.EnumerateObject().Count() <= 2 => name.GetString()!,
        _ => value.GetRawText(),
    };

    private async Task<List<(TrialResult Result, IReadOnlyList<SeedValue> Seeds)>> TrialsAsync(Guid study, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"select {StudySql.ResultColumns}, seed_values::text from trials where study_id = $1 and ended_at is not null order by number");
        command.Parameters.Add(new() { Value = study });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(TrialResult, IReadOnlyList<SeedValue>)> trials = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            trials.Add((StudyHistory.ReadResult(reader), SeedValue.From(reader.IsDBNull(6) ? null : JsonSerializer.Deserialize<JsonElement>(reader.GetString(6), SpecJson.Options))));
        }

        return trials;
    }

    private sealed record Cached(DateTimeOffset Of, Task<StudyResult> Result);
}

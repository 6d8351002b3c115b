using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>What a study was submitted with, with defaults filled in.</summary>
public sealed record StudyDefinition
{
    internal const int MaximumTrials = 10_000;
    internal const int MaximumParallelism = 64;
    internal const int MaximumSeeds = 100;

    /// <summary>Base spec, as it was submitted.</summary>
    public required JsonElement Spec { get; init; }

    /// <summary>The parameters that vary.</summary>
    public required IReadOnlyList<SearchParameter> Parameters { get; init; }

    /// <summary>How values are chosen.</summary>
    public required SearchMethod Method { get; init; }

    /// <summary>Early stopping; null for none.</summary>
    public required StoppingRule? Stopping { get; init; }

    /// <summary>Metric that trials are judged by.</summary>
    public required ValidationMetric Metric { get; init; }

    /// <summary>Whether it is minimized or maximized.</summary>
    public MetricGoal Goal => Metric == ValidationMetric.ValidationLoss ? MetricGoal.Minimize : MetricGoal.Maximize;

    /// <summary>Which epoch of a run counts.</summary>
    public required ScoredEpoch Score { get; init; }

    /// <summary>Epochs of the base spec.</summary>
    public required int Epochs { get; init; }

    /// <summary>Device of the base spec.</summary>
    public required Device Device { get; init; }

    /// <summary>Trials in training at a time.</summary>
    public required int Parallelism { get; init; }

    /// <summary>Seeds of the runs of each trial.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Seed of the choice of values.</summary>
    public required int Seed { get; init; }

    /// <summary>Limits after which no further trial starts.</summary>
    public required StudyBudget Budget { get; init; }

    internal string Queue => JsonNamingPolicy.SnakeCaseLower.ConvertName(Device.ToString());

    internal SearchSpace Space => new() { Parameters = Parameters };

    /// <summary>The name of the metric in the tables.</summary>
    internal string MetricName => Metric == ValidationMetric.ValidationLoss ? MetricNames.ValidationLoss : MetricNames.ValidationAccuracy;

    // Trials that are not ended before a proposal which needs the results of earlier trials. Trial n knows those of trials up to n - Window, whatever else has ended:
    // a proposal does not depend on how fast trials are, and one slow trial does not keep the other slots waiting.
    internal int Window => (2 * Parallelism) - 1;

    internal bool UsesHistory => Method.Name == SearchMethodName.Tpe;

    internal ISearcher CreateSearcher() => Method.CreateSearcher(Goal);

    internal IStoppingPolicy? CreatePolicy(int trials) => Stopping?.CreatePolicy(Goal, Epochs, trials);

    internal static StudyDefinition From(JsonElement stored) => stored.Deserialize<StudyDefinition>(SpecJson.Options)!;

    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, SpecJson.Options);

    /// <summary>The spec of one run of a trial, as a document that is still to be read.</summary>
    internal SpecOfTrial SpecOf(string name, int trial, Assignment assignment, int seed)
    {
        var applied = Space.Apply(JsonSerializer.SerializeToNode(Spec)!, assignment);
        if (applied.Document is JsonObject spec)
        {
            spec["name"] = RunName(name, trial, seed);
            spec["seed"] = seed;
        }

        return applied;
    }

    private string RunName(string name, int trial, int seed)
    {
        const int MaximumLength = 100;
        var suffix = Seeds.Count > 1 ? $" #{trial} seed {seed}" : $" #{trial}";
        return UnicodeText.Length(name) + suffix.Length <= MaximumLength ? name + suffix : string.Concat(name.EnumerateRunes().Take(MaximumLength - suffix.Length)) + suffix;
    }
}

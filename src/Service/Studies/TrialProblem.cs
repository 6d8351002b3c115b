using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Studies;

/// <summary>Why a trial failed or was not trained.</summary>
public sealed record TrialProblem
{
    /// <summary>Code of the message about the run that failed; null for an infeasible trial, and for one whose run was cancelled or deleted.</summary>
    public required RunMessageCode? Code { get; init; }

    /// <summary>Arguments of the message, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>Message in English.</summary>
    public required string Message { get; init; }

    /// <summary>Errors of the spec of an infeasible trial.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    internal static JsonElement Of(IReadOnlyList<TrialRun> runs)
    {
        var failed = runs.FirstOrDefault(run => run.FailureCode is not null);
        var code = failed is null ? (RunMessageCode?)null : JsonSerializer.Deserialize<RunMessageCode>($"\"{failed.FailureCode}\"", SpecJson.Options);
        var arguments = failed?.FailureArguments is { } json ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, SpecJson.Options) : null;
        return ToJson(new TrialProblem
        {
            Code = code,
            Arguments = code is null ? null : arguments ?? [],
            Message = code is { } known ? RunMessageText.From(known, arguments ?? []) : runs.Any(run => run.State == RunState.Cancelled) ? "A run was cancelled." : "A run was deleted.",
            Findings = [],
        });
    }

    internal static JsonElement Of(IReadOnlyList<SpecFinding> findings) => ToJson(new TrialProblem
    {
        Code = null,
        Arguments = null,
        Message = $"{findings[0].Pointer}: {findings[0].Message}",
        Findings = findings,
    });

    private static JsonElement ToJson(TrialProblem problem) => JsonSerializer.SerializeToElement(problem, SpecJson.Options);
}

/// <summary>What a seed of a trial has reached.</summary>
public sealed record SeedValue
{
    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>Value of the metric; null: not finite, or none.</summary>
    public required double? Value { get; init; }

    /// <summary>The run; it may have been deleted.</summary>
    public required Guid Run { get; init; }

    internal static JsonElement ToJson(IReadOnlyList<SeedValue> values) => JsonSerializer.SerializeToElement(values, SpecJson.Options);

    internal static IReadOnlyList<SeedValue> From(JsonElement? stored) => stored?.Deserialize<List<SeedValue>>(SpecJson.Options) ?? [];
}

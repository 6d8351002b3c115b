using System.Text.Json;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>One claim of a run.</summary>
public sealed record AttemptEntry
{
    /// <summary>Number, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The worker that claimed the run.</summary>
    public required string Worker { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it lasts.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended so; null while it lasts, when the outcome says it all, or in attempts of a version that did not tell.</summary>
    public required RunMessageCode? Code { get; init; }

    /// <summary>What the reason is made with, by name; null as <see cref="Code"/> is.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>How it ended, as in <c>succeeded</c> or <c>lost lease</c>.</summary>
    public required string? Outcome { get; init; }
}

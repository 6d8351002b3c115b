using System.Text.Json;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>Why a run failed.</summary>
public sealed record RunFailure
{
    /// <summary>Kind of failure.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>What the message says; null: the run failed in a version that did not tell.</summary>
    public required RunMessageCode? Code { get; init; }

    /// <summary>What the message is made with, by name; null as <see cref="Code"/> is.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>What happened, and what to do about it, in English.</summary>
    public required string Message { get; init; }
}

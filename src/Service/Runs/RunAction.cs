using System.Text.Json;

namespace Trainyard.Service.Runs;

/// <summary>Whether something can be done to a run now.</summary>
public sealed record RunAction
{
    /// <summary>Whether the request would be accepted.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why not; null when it is enabled.</summary>
    public required RunActionCode? Code { get; init; }

    /// <summary>What the reason is made with, by name; the code tells which there are. Null when it is enabled.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>Why not, in one English sentence; null when it is enabled.</summary>
    public required string? Reason { get; init; }

    /// <summary>It can be done.</summary>
    internal static RunAction Possible { get; } = new() { Enabled = true, Code = null, Arguments = null, Reason = null };

    /// <summary>It cannot be done.</summary>
    internal static RunAction Refused(RunActionCode code, string reason, params (string Name, object? Value)[] arguments) =>
        new() { Enabled = false, Code = code, Arguments = Specs.Json.MessageArguments.From(arguments), Reason = reason };
}

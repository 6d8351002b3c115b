namespace Trainyard.Specs.Events;

/// <summary>What a trainer that was started ahead (<c>trainer wait</c>) is to do: a line of JSON on its standard input.</summary>
public sealed record TrainerOrder
{
    /// <summary>Working directory: the folder of the run.</summary>
    public required string Directory { get; init; }

    /// <summary>The arguments that a process for this command alone would be started with.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}

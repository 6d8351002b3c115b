using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>Which runs a list holds.</summary>
internal sealed record RunFilter
{
    /// <summary>Only runs older than this one.</summary>
    public Guid? After { get; init; }

    /// <summary>Only runs in one of these states; empty: all.</summary>
    public IReadOnlyList<RunState> States { get; init; } = [];

    /// <summary>Only runs of this experiment.</summary>
    public string? Experiment { get; init; }

    /// <summary>At most this many.</summary>
    public required int Limit { get; init; }
}

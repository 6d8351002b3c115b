using Trainyard.Specs.Json;

namespace Trainyard.Service.Experiments;

/// <summary>A page of experiments.</summary>
public sealed record ExperimentPage
{
    /// <summary>Experiments with runs that are not archived, the one with the latest run first.</summary>
    public required IReadOnlyList<ExperimentEntry> Items { get; init; }

    /// <summary>Value of <c>after</c> for the next page; null on the last page.</summary>
    public required Guid? Next { get; init; }
}

/// <summary>An experiment: the runs that name it in their specs.</summary>
public sealed record ExperimentEntry
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Description; empty without one.</summary>
    public required string Description { get; init; }

    /// <summary>Number of its runs that are not archived.</summary>
    public required int Runs { get; init; }

    /// <summary>Its latest run.</summary>
    public required Guid LatestRun { get; init; }
}

/// <summary>Changes to an experiment; members that are missing or null are left unchanged.</summary>
[OptionalMembers]
public sealed record ExperimentEdit
{
    /// <summary>New name of the experiment, for all of its runs. Their specs keep the name that they were submitted with.</summary>
    [Text(1, 100)]
    public string? Name { get; init; }

    /// <summary>Description, up to 2,000 characters; an empty text removes it.</summary>
    [Text(0, 2_000, Multiline = true)]
    public string? Description { get; init; }
}

/// <summary>Runs of an experiment that were archived or restored.</summary>
public sealed record ArchivedRuns
{
    /// <summary>Number of runs that were changed.</summary>
    public required int Runs { get; init; }

    /// <summary>Time of archiving, UTC: restores these runs and no others. Null after restoring.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}

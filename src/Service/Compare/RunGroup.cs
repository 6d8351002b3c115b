namespace Trainyard.Service.Compare;

/// <summary>Runs that are equal but for the seed.</summary>
public sealed record RunGroup
{
    /// <summary>The same for the same settings in every comparison.</summary>
    public required string Key { get; init; }

    /// <summary>What sets the group apart from the others, in a few English words.</summary>
    public required string Label { get; init; }

    /// <summary>The parts of the label; none: the same settings.</summary>
    public required IReadOnlyList<LabelPart> Parts { get; init; }

    /// <summary>Ids of its runs.</summary>
    public required IReadOnlyList<Guid> Runs { get; init; }
}

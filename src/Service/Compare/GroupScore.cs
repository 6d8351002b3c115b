namespace Trainyard.Service.Compare;

/// <summary>The best values of the runs of a group.</summary>
public sealed record GroupScore
{
    /// <summary>Key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Runs that have a best value.</summary>
    public required int N { get; init; }

    /// <summary>Mean of the best values.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the best values (divided by n - 1); null for a single run.</summary>
    public required double? Std { get; init; }

    /// <summary>Smallest of the best values.</summary>
    public required double Min { get; init; }

    /// <summary>Largest of the best values.</summary>
    public required double Max { get; init; }
}

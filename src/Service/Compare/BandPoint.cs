namespace Trainyard.Service.Compare;

/// <summary>The values of a group at one epoch.</summary>
public sealed record BandPoint
{
    /// <summary>The epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean of the runs that have a finite value at the epoch.</summary>
    public required double Mean { get; init; }

    /// <summary>Mean less one standard deviation (divided by n - 1); the mean itself for a single run.</summary>
    public required double Low { get; init; }

    /// <summary>Mean plus one standard deviation.</summary>
    public required double High { get; init; }

    /// <summary>Runs that have a finite value at the epoch.</summary>
    public required int N { get; init; }
}

namespace Trainyard.Specs.Events.Observation;

/// <summary>A sample of a dataset in the plane.</summary>
public sealed record SamplePoint
{
    /// <summary>First coordinate.</summary>
    public required double X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required double Y { get; init; }

    /// <summary>True class.</summary>
    public required int Label { get; init; }

    /// <summary>Train or validation.</summary>
    public required DataSplit Split { get; init; }
}

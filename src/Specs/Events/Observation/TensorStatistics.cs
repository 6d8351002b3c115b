namespace Trainyard.Specs.Events.Observation;

/// <summary>Statistics of the values of some tensors, taken together. Numbers that are not finite are null.</summary>
public sealed record TensorStatistics
{
    /// <summary>Euclidean norm.</summary>
    public required double? Norm { get; init; }

    /// <summary>Mean.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation.</summary>
    public required double? Std { get; init; }
}

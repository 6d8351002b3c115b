namespace Trainyard.Service.Results;

/// <summary>What was measured in the layers of a run.</summary>
public sealed record RunObservations
{
    /// <summary>The layers that appear in any of the epochs, in the order of the layer table.</summary>
    public required IReadOnlyList<ObservedLayer> Layers { get; init; }

    /// <summary>The measurements by epoch, ascending.</summary>
    public required IReadOnlyList<ObservedEpoch> Epochs { get; init; }
}

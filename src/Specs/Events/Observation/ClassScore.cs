namespace Trainyard.Specs.Events.Observation;

/// <summary>How well one class is recognised.</summary>
public sealed record ClassScore
{
    /// <summary>Share of the predictions of the class that are right, 0 to 1; null when the class was never predicted.</summary>
    public required double? Precision { get; init; }

    /// <summary>Share of the samples of the class that are recognised, 0 to 1; null when there is no sample.</summary>
    public required double? Recall { get; init; }

    /// <summary>Harmonic mean of both, 0 to 1; null when one of them is.</summary>
    public required double? F1 { get; init; }

    /// <summary>Samples of the class.</summary>
    public required long Support { get; init; }
}

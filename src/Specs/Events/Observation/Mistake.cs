namespace Trainyard.Specs.Events.Observation;

/// <summary>A sample that the network got wrong.</summary>
public sealed record Mistake
{
    /// <summary>Index of the sample in its split.</summary>
    public required int Sample { get; init; }

    /// <summary>True class.</summary>
    public required int Label { get; init; }

    /// <summary>Predicted class.</summary>
    public required int Predicted { get; init; }

    /// <summary>Probability of the predicted class, 0 to 1.</summary>
    public required double? Confidence { get; init; }

    /// <summary>Cross-entropy of the sample; null when it is not finite.</summary>
    public required double? Loss { get; init; }

    /// <summary>The sample as a PNG file in base64; null when it is no image.</summary>
    public required string? Image { get; init; }
}

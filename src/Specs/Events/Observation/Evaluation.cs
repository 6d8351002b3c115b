namespace Trainyard.Specs.Events.Observation;

/// <summary>A misclassified sample.</summary>
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

    /// <summary>The sample as a PNG file in base64; null when it is not an image.</summary>
    public required string? Image { get; init; }
}

/// <summary>An image with its true class.</summary>
public sealed record LabeledImage
{
    /// <summary>True class.</summary>
    public required int Label { get; init; }

    /// <summary>The image as a PNG file in base64.</summary>
    public required string Image { get; init; }
}

/// <summary>The class that a network predicts for a sample.</summary>
public sealed record Prediction
{
    /// <summary>Class with the highest probability.</summary>
    public required int Predicted { get; init; }

    /// <summary>Probability of that class, 0 to 1; null when it is not finite.</summary>
    public required double? Confidence { get; init; }
}

/// <summary>Precision, recall and F1 of one class.</summary>
public sealed record ClassScore
{
    /// <summary>Share of the predictions of the class that are correct, 0 to 1; null when the class was never predicted.</summary>
    public required double? Precision { get; init; }

    /// <summary>Share of the samples of the class that are predicted correctly, 0 to 1; null when there is no sample.</summary>
    public required double? Recall { get; init; }

    /// <summary>Harmonic mean of both, 0 to 1; null when one of them is.</summary>
    public required double? F1 { get; init; }

    /// <summary>Samples of the class.</summary>
    public required long Support { get; init; }
}

/// <summary>Part of a dataset.</summary>
public enum DataSplit
{
    /// <summary>Training samples.</summary>
    Train,

    /// <summary>Validation samples: for model selection.</summary>
    Validation,

    /// <summary>Test samples: evaluated once, after model selection.</summary>
    Test,
}

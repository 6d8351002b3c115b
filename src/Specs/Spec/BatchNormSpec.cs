namespace Trainyard.Specs.Spec;

/// <summary>Batch normalisation (Ioffe and Szegedy, 2015) of every hidden layer.</summary>
public sealed record BatchNormSpec
{
    /// <summary>Before or after the activation.</summary>
    public required BatchNormPosition Position { get; init; }

    /// <summary>Weight of the newest batch in the running statistics, above 0 to 1.</summary>
    public required double Momentum { get; init; }

    /// <summary>Added to the variance, 1e-8 to 0.1.</summary>
    public required double Epsilon { get; init; }
}

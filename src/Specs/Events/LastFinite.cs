namespace Trainyard.Specs.Events;

/// <summary>The last good numbers of a run that diverged.</summary>
public sealed record LastFinite
{
    /// <summary>Updates done when the loss was measured.</summary>
    public required long Step { get; init; }

    /// <summary>The last finite training loss.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The last finite norm of the whole gradient; it is measured at the first step, once an observed epoch, and while the loss is high. Null: never.</summary>
    public required double? GradientNorm { get; init; }
}

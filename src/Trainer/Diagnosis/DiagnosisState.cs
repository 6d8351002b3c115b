using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Losses and accuracies (0 to 1) of an epoch, from 1; null where they are not finite.</summary>
internal sealed record EpochMetrics
{
    public required int Epoch { get; init; }

    public required double? TrainLoss { get; init; }

    public required double? TrainAccuracy { get; init; }

    public required double? ValidationLoss { get; init; }

    public required double? ValidationAccuracy { get; init; }
}

/// <summary>What the diagnosis remembers from epoch to epoch; part of a checkpoint, so of fixed size.</summary>
internal sealed record DiagnosisState
{
    /// <summary>Epochs that are remembered one by one: Prechelt's training strip of 5.</summary>
    public const int Strip = 5;

    /// <summary>Training loss of the first step, if it is finite.</summary>
    public double? FirstLoss { get; init; }

    /// <summary>Norm of the gradient of all parameters in the first step, if it was observed.</summary>
    public double? FirstGradientNorm { get; init; }

    /// <summary>Median over the layers of |update| / |weights| in the first step, if it was observed.</summary>
    public double? FirstUpdateRatio { get; init; }

    /// <summary>Norm of all weights before the first step, if it was observed.</summary>
    public double? FirstWeightNorm { get; init; }

    /// <summary>The newest epochs, oldest first.</summary>
    public IReadOnlyList<EpochMetrics> Recent { get; init; } = [];

    /// <summary>The epoch with the lowest validation loss.</summary>
    public EpochMetrics? Best { get; init; }

    /// <summary>Severity of the last finding of each rule.</summary>
    public IReadOnlyDictionary<string, DiagnosisSeverity> Reported { get; init; } = new Dictionary<string, DiagnosisSeverity>(StringComparer.Ordinal);

    public DiagnosisState After(EpochMetrics epoch) => this with
    {
        Recent = [.. Recent.Append(epoch).TakeLast(Strip)],
        Best = epoch.ValidationLoss is { } loss && (Best?.ValidationLoss is not { } best || loss < best) ? epoch : Best,
    };
}

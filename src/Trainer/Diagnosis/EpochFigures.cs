namespace Trainyard.Trainer.Diagnosis;

/// <summary>Losses and accuracies of an epoch; null where they are not finite.</summary>
internal sealed record EpochFigures
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean training loss over the epoch.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Training accuracy over the epoch, 0 to 1.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Validation loss after it.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Validation accuracy after it, 0 to 1.</summary>
    public required double? ValidationAccuracy { get; init; }
}

using Trainyard.Specs.Schedules;
using Trainyard.Trainer.Diagnosis;

namespace Trainyard.Trainer.Checkpoints;

// Position of a run between two steps, which with the tensors is all that it needs to continue: every random draw follows from the seed and the position.
internal sealed record Cursor
{
    /// <summary>Complete epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates done in the current epoch: the sampler's position.</summary>
    public required int StepInEpoch { get; init; }

    public required long Step { get; init; }

    /// <summary>Sum of the training losses of the current epoch, one per sample.</summary>
    public required double LossSum { get; init; }

    /// <summary>Training samples of the current epoch that were classified correctly.</summary>
    public required long Correct { get; init; }

    /// <summary>Epoch with the best validation accuracy so far, from 1.</summary>
    public required int? BestEpoch { get; init; }

    public required double? BestAccuracy { get; init; }

    /// <summary>Seconds of training so far, over all attempts that count.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Seconds spent in the current epoch so far.</summary>
    public required double EpochSeconds { get; init; }

    public PlateauState? Plateau { get; init; }
    public StoppingState? Stopping { get; init; }

    public DiagnosisState? Diagnosis { get; init; }

    /// <summary>The beginning of a run.</summary>
    public static Cursor Start { get; } = new()
    {
        Epoch = 0,
        StepInEpoch = 0,
        Step = 0,
        LossSum = 0,
        Correct = 0,
        BestEpoch = null,
        BestAccuracy = null,
        ElapsedSeconds = 0,
        EpochSeconds = 0,
    };
}

// What early stopping has seen so far. Best: Best value of its metric; null before the first epoch.
internal sealed record StoppingState(double? Best, int EpochsWithoutImprovement);
